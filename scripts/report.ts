/** Runs checks and counts them, and every assertion of a tap run once, for a last line that says how many hold. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { Parser } from "tap-parser";

/** The folders of the packages. */
export const packages: readonly string[] = globSync("{bench,scripts,packages/*}/package.json")
  .map(dirname)
  .sort();

const count = { passed: 0, failed: 0, skipped: 0 };

/** Runs a command in `folder`, with its output on ours; returns whether it succeeded. */
function run(title: string, command: string, folder = "."): boolean {
  console.log(`\n── ${title}: ${command}`);
  const { status } = spawnSync(command, { cwd: folder, shell: true, stdio: "inherit" });
  return status === 0;
}

/** Counts a command as one check. */
export function check(title: string, command: string, folder?: string): void {
  count[run(title, command, folder) ? "passed" : "failed"] += 1;
}

/**
 * Runs tests of one package with tap and counts each assertion.
 *
 * @param options What tap is given, such as `--disable-coverage`.
 */
export function tap(folder: string, options = ""): void {
  const results = `${folder}/.tap/results.tap`;
  rmSync(results, { force: true });
  const succeeded = run(
    `tests of ${basename(folder)}`,
    `tap --reporter=terse --output-file=.tap/results.tap ${options}`.trim(),
    folder,
  );
  const failedBefore = count.failed;
  // Without any test there are no results.
  const tests = existsSync(results) ? readFileSync(results, "utf8") : "";
  // What they measured, which tap's reporter leaves out.
  for (const [, comment] of tests.matchAll(/^ +# (?!Subtest: |time=)(.*)$/gm)) console.log(`   ${comment}`);
  for (const event of Parser.parse(tests, { flat: true })) {
    if (event[0] !== "assert") continue;
    const { ok, skip, todo, name, diag } = event[1];
    if (skip || todo) count.skipped += 1;
    else count[ok ? "passed" : "failed"] += 1;
    // Without a terminal tap's reporter leaves out some of what failed.
    if (!ok) console.log(`   not ok: ${name}`, diag ?? "");
  }
  // A run can fail without a failed assertion: too little coverage, a crash.
  if (!succeeded && count.failed === failedBefore) count.failed += 1;
}

/** Prints the last line and sets the exit status, where a skipped test is as bad as a failed one if `maySkip` is false. */
export function conclude({ maySkip }: { maySkip: boolean }): void {
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
  console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
  process.exitCode = count.failed > 0 || (!maySkip && count.skipped > 0) ? 1 : 0;
}
