/**
 * All checks that need Node only: `pnpm test`. Goes on after a failure, so that one run shows everything that is
 * wrong; its last line counts every check and every assertion.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { Parser } from "tap-parser";

const count = { passed: 0, failed: 0, skipped: 0 };

/** Runs a command in `folder`, with its output on ours; returns whether it succeeded. */
function run(title: string, command: string, folder = "."): boolean {
  console.log(`\n── ${title}: ${command}`);
  const { status } = spawnSync(command, { cwd: folder, shell: true, stdio: "inherit" });
  return status === 0;
}

function check(title: string, command: string, folder?: string): void {
  count[run(title, command, folder) ? "passed" : "failed"] += 1;
}

/** Runs the tests of one package with tap and counts each assertion once. */
function tap(folder: string): void {
  const results = `${folder}/.tap/results.tap`;
  rmSync(results, { force: true });
  const succeeded = run(
    `tests of ${basename(folder)}`,
    "tap --reporter=terse --output-file=.tap/results.tap",
    folder,
  );
  const failedBefore = count.failed;
  for (const event of Parser.parse(readFileSync(results, "utf8"), { flat: true })) {
    if (event[0] !== "assert") continue;
    const { ok, skip, todo } = event[1];
    if (skip || todo) count.skipped += 1;
    else count[ok ? "passed" : "failed"] += 1;
  }
  // A run can fail without a failed assertion: too little coverage, a crash.
  if (!succeeded && count.failed === failedBefore) count.failed += 1;
}

const packages = globSync("packages/*/package.json").map(dirname).sort();

check("kernel", "pnpm build:kernel");
check("types", "tsc -p .");
for (const folder of packages) check(`types of ${basename(folder)}`, "tsc -p .", folder);
check("lint and format", "biome ci .");
check("unused code and dependencies", "knip");
check("direction of dependencies", "depcruise packages --output-type err-long");
for (const folder of packages) tap(folder);

const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed > 0 ? 1 : 0;
