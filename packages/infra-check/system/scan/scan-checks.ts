/** What scanners must find in a program, and what they must not, whatever its cloud: the bodies of both programs' tests. */
import { test } from "tap";
import type { RecordedResource } from "../../src/recorder/monitor.ts";
import {
  type AcceptedFinding,
  type Finding,
  outdated,
  type Translation,
  unexplained,
} from "../../src/scan/finding.ts";
import { checkov } from "./checkov.ts";

type Records = readonly RecordedResource[];

/** A form of configuration that checkov reads. */
export interface Form {
  readonly framework: "arm" | "terraform";
  /** The name of a file of this form. */
  readonly file: string;
  readonly translate: (records: Records) => Translation;
}

/** A mistake that a scanner has to find, which shows that the translation brings it to light. */
export interface Mistake {
  /** Of records that have no such mistake. */
  readonly make: (records: Records) => Records;
  /** The check that fails then. */
  readonly check: string;
  readonly resource: string;
}

export interface ScannedProgram {
  readonly form: Form;
  /** What the program declares in each of the configurations. */
  readonly configurations: Readonly<Record<string, Records>>;
  readonly accepted: readonly AcceptedFinding[];
  /** Mistakes by what they are, made in the first of the configurations. */
  readonly mistakes: Readonly<Record<string, Mistake>>;
}

/** Declares the tests. checkov runs once for all of them, as its start takes longest. */
export function scanChecks({ form, configurations, accepted, mistakes }: ScannedProgram): void {
  const [right = []] = Object.values(configurations);
  const wrong = Object.entries(mistakes).map(([title, { make }]) => [title, make(right)] as const);
  const scanned = [...Object.entries(configurations), ...wrong].map(([configuration, records]) => ({
    configuration,
    ...form.translate(records),
  }));

  test("checkov", async (t) => {
    const folders = scanned.map(({ text }, index) => [index, { [form.file]: text }] as const);
    const failed = await checkov(t.testdir(Object.fromEntries(folders)), form.framework);
    const findings = failed.map(({ check, says, address, folder }): Finding => {
      const { configuration = "", labels } = scanned[Number(folder)] ?? {};
      return { check, says, resource: labels?.get(address) ?? address, configuration };
    });
    const own = findings.filter(({ configuration }) => configuration in configurations);

    await t.test("each of its findings has a reason", async (t) => {
      t.strictSame(unexplained(own, accepted), []);
    });
    await t.test("each reason has a finding", async (t) => {
      t.strictSame(outdated(own, accepted), []);
    });
    for (const [title, { check, resource }] of Object.entries(mistakes)) {
      await t.test(`it finds ${title}`, async (t) => {
        const found = (configuration: string) =>
          findings.some(
            (finding) =>
              finding.check === check &&
              finding.resource === resource &&
              finding.configuration === configuration,
          );
        t.ok(found(title));
        t.notOk(found(Object.keys(configurations)[0] ?? ""), "which the program does not have");
      });
    }
  });
}
