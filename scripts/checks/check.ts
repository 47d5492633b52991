/** A check is a command that succeeds or fails. Of a run of tap, each assertion counts too. */
import { spawn } from "node:child_process";
import { existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { type Failure, type Results, readResults } from "./results.ts";
import type { Schedulable } from "./schedule.ts";

export interface Check extends Schedulable {
  /** A unique name: `pnpm test NAME` runs the checks that have NAME among the words of theirs. */
  readonly name: string;
  /** The command, for the shell. */
  readonly command: string;
  /** Where the command runs; the root of the repository if absent. */
  readonly folder?: string;
  /** The file in which the command leaves the results of its tests, as TAP, within the folder. */
  readonly results?: string;
}

/** A check that has ended. */
export interface Outcome extends Results {
  readonly check: Check;
  readonly seconds: number;
  /** The output of the command. */
  readonly output: string;
}

/** The folders of the packages. */
export const packages: readonly string[] = globSync("{bench,scripts,packages/*}/package.json")
  .map(dirname)
  .sort();

/**
 * tap reads each file that a test loads once more, also with its source map, to know what a change concerns. That costs
 * half of the time in which a cloud's SDK loads, and nobody changes what is installed.
 */
const withoutInstalled =
  '"--test-env=_TAPJS_PROCESSINFO_EXCLUDE_=/^(node|tapmock):|node_modules|tap-snapshots/"';

/** The tests of a package, or some of them: tap's command gets `options` as well. */
export function tests(folder: string, name = `tests of ${basename(folder)}`, options = ""): Check {
  const results = `.tap/${name.replaceAll(/\W+/g, "-")}.tap`;
  const command = `tap --reporter=terse --output-file=${results} ${withoutInstalled} ${options}`.trim();
  return { name, command, folder, results };
}

/** Runs a check to its end. It counts as one, or as its assertions if it has any. */
export async function run(check: Check): Promise<Outcome> {
  const { command, folder = ".", results: file } = check;
  const path = file === undefined ? undefined : `${folder}/${file}`;
  if (path !== undefined) rmSync(path, { force: true });
  const start = performance.now();
  const { succeeded, ending, output } = await execute(command, folder);
  const seconds = (performance.now() - start) / 1000;
  // Without tests there are no results.
  const results = readResults(path !== undefined && existsSync(path) ? readFileSync(path, "utf8") : "");
  const { passed, failed, failures } = results;
  // A run can fail without a failed assertion: too little coverage, a crash.
  if (!succeeded && failed === 0) {
    const failure: Failure = { name: `${command} ${ending}` };
    return { ...results, check, seconds, output, failed: 1, failures: [...failures, failure] };
  }
  return { ...results, check, seconds, output, passed: file === undefined ? 1 : passed };
}

/** How a command ended, and its output. */
async function execute(command: string, folder: string) {
  const child = spawn(command, { cwd: folder, shell: true, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise<{ succeeded: boolean; ending: string; output: string }>((resolve) => {
    child.once("error", ({ message }) => resolve({ succeeded: false, ending: message, output: "" }));
    child.once("close", (status, signal) => {
      const ending = signal === null ? `exited with status ${status}` : `was ended by ${signal}`;
      resolve({ succeeded: status === 0, ending, output: Buffer.concat(chunks).toString() });
    });
  });
}
