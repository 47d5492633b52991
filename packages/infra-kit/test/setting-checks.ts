/** What Pulumi.yaml and the scopes of settings must say, whatever the cloud: tests of both programs. */
import { readFileSync } from "node:fs";
import { test } from "tap";
import { parse } from "yaml";
import type { z } from "zod";
import { anyValue, scopesOf, settingType } from "../src/settings.ts";

export interface CheckedProgram {
  /** Its Pulumi.yaml. */
  readonly project: URL;
  /** The schema of each setting by name. */
  readonly settings: Readonly<Record<string, z.ZodType>>;
  /** The settings that the program reads from a configuration which has all that it needs. */
  readonly readWith: (config: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** Settings that must be set. */
  readonly needed?: readonly string[];
}

interface Described {
  readonly type: string;
  readonly default: unknown;
  readonly description: string;
}

/** Declares the tests. */
export function settingChecks({ project, settings, readWith, needed = [] }: CheckedProgram): void {
  const { config }: { config: Record<string, Described> } = parse(readFileSync(project, "utf8"));

  test("Pulumi.yaml describes every setting, by the type and default that the program has", async (t) => {
    t.strictSame(Object.keys(config), Object.keys(settings));
    for (const [name, schema] of Object.entries(settings)) {
      t.equal(config[name]?.type, settingType(schema), name);
      t.match(config[name]?.description, /^[A-Z`].*\.$/s, name);
    }
    const defaults = Object.entries(config)
      .filter(([name]) => !needed.includes(name))
      .map(([name, described]) => [name, described.default] as const);
    t.strictSame(await readWith(Object.fromEntries(defaults)), await readWith({}));
  });

  test("each setting's scope names settings, and values that they can have", async (t) => {
    for (const [name, schema] of Object.entries(settings)) {
      for (const [other, wanted] of scopesOf(schema).flatMap((scope) => Object.entries(scope))) {
        const decider = Object.entries(settings).find(([candidate]) => candidate === other)?.[1];
        t.ok(decider, `${name}: ${other}`);
        for (const value of wanted === anyValue ? [] : [wanted].flat()) {
          t.ok(
            decider?.safeParse(value === "" ? undefined : String(value)).success,
            `${name}: ${other} ${value}`,
          );
        }
      }
    }
  });
}
