/** All checks that need only Node: `pnpm test [--verbose] [--coverage] [NAME…]`. Coverage takes longer: `.ci/run` measures it. */
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { type Check, packages, tests } from "./checks/check.ts";
import { runChecks, wantsCoverage } from "./checks/main.ts";

const builds: readonly Check[] = [
  { name: "kernel", command: "pnpm build:kernel" },
  { name: "page", command: "pnpm build:page" },
];
// The longest first, so that short checks remain for the end and both processors have work until then.
const longest = ["api", "external-sort", "core", "infra-azure", "infra-aws", "scripts", "cli"];
const byLength = packages.toSorted((a, b) => rank(a) - rank(b));

/** Not `tsc`, which is the compiler that tap and Pulumi need: see `pnpm-workspace.yaml`. */
const tsc = join(import.meta.dirname, "node_modules/typescript-7/bin/tsc");

function rank(folder: string): number {
  const place = longest.indexOf(basename(folder));
  return place < 0 ? longest.length : place;
}

await runChecks(
  builds,
  [
    ...byLength.map((folder) => tests(folder, undefined, wantsCoverage() ? "" : "--disable-coverage")),
    ...byLength.map((folder) => ({ name: `types of ${basename(folder)}`, command: `${tsc} -p .`, folder })),
    { name: "unused code and dependencies", command: "knip" },
    { name: "direction of dependencies", command: "depcruise packages bench scripts --output-type err-long" },
    { name: "lint and format", command: "biome ci ." },
    { name: "lint and format of the kernel", command: "node packages/core/scripts/lint-kernel.ts" },
    { name: "paths in comments and documents", command: "node scripts/paths.ts" },
    {
      name: "links between documents",
      command: "remark . --ignore-path .gitignore --quiet --frail --no-stdout",
    },
  ],
  // One more than processors: many tests wait for processes, sockets or time limits. Coverage keeps processors busy.
  { slots: Math.min(2, availableParallelism()) + (wantsCoverage() ? 0 : 1), maySkip: true },
);
