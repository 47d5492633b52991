/** Fake commands instead of those that need a registry. They record their calls, and print what the test tells them. */
import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Test } from "tap";

const root = join(import.meta.dirname, "../..");

/** The result of a script. */
export interface Ran {
  readonly status: unknown;
  readonly output: string;
  readonly errors: string;
  /** Each call of a fake command, its words separated by spaces. */
  readonly calls: readonly string[];
}

/**
 * Runs a script of `scripts/` with fake commands.
 *
 * @param commands for each command a shell script, with the command's words in `"$@"`
 */
export async function runWith(
  t: Test,
  commands: Readonly<Record<string, string>>,
  script: string,
  ...words: string[]
): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), "fake-commands-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const record = join(folder, "calls");
  for (const [name, then] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >>"${record}"\n${then}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const PATH = [folder, process.env["PATH"]].join(delimiter);
  return new Promise((resolve) => {
    execFile(
      join(root, "scripts", script),
      words,
      { env: { ...process.env, PATH } },
      (error, output, errors) => {
        const calls = existsSync(record) ? readFileSync(record, "utf8").trimEnd().split("\n") : [];
        resolve({ status: error?.code ?? 0, output, errors, calls });
      },
    );
  });
}
