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
import type { Scanner } from "./scanner.ts";

type Records = readonly RecordedResource[];

/** A mistake that a scanner has to find, which shows that the translation does not hide it. */
interface Mistake {
  /** The configuration without the mistake. Default: the first one. */
  readonly of?: string;
  /** From its records to those with the mistake. */
  readonly make: (records: Records) => Records;
  /** The check that fails then. */
  readonly check: string;
  readonly resource: string;
}

export interface ScannedProgram {
  readonly scanner: Scanner;
  readonly translate: (records: Records) => Translation;
  /** What the program declares in each of the configurations. */
  readonly configurations: Readonly<Record<string, Records>>;
  readonly accepted: readonly AcceptedFinding[];
  /** By what they are. */
  readonly mistakes: Readonly<Record<string, Mistake>>;
}

/** Declares the tests. The scanner runs once for all of them, as its start takes longest. */
export function scanChecks(program: ScannedProgram): void {
  const { scanner, configurations, accepted, mistakes } = program;
  const [first = ""] = Object.keys(configurations);
  const wrong = Object.entries(mistakes).map(
    ([title, { make, of = first }]) => [title, make(configurations[of] ?? [])] as const,
  );
  const scanned = [...Object.entries(configurations), ...wrong].map(([configuration, records]) => ({
    configuration,
    ...program.translate(records),
  }));

  test(scanner.name, async (t) => {
    const folders = scanned.map(({ text }, index) => [index, { [scanner.file]: text }] as const);
    const failed = await scanner.scan(t.testdir(Object.fromEntries(folders)));
    const findings = failed.map(({ check, says, address, folder }): Finding => {
      const { configuration = "", labels } = scanned[Number(folder)] ?? {};
      return { check, says, resource: labels?.get(address) ?? address, configuration };
    });

    await t.test("each of its findings has a reason, and each reason a finding", async (t) => {
      const own = findings.filter(({ configuration }) => configuration in configurations);
      t.strictSame(unexplained(own, accepted), []);
      t.strictSame(outdated(own, accepted), []);
    });

    for (const [title, { check, resource, of = first }] of Object.entries(mistakes)) {
      await t.test(`it finds ${title}`, async (t) => {
        const found = findings.filter((finding) => finding.check === check && finding.resource === resource);
        t.ok(found.some(({ configuration }) => configuration === title));
        t.notOk(
          found.some(({ configuration }) => configuration === of),
          "which the program does not have",
        );
      });
    }
  });
}
