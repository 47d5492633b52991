/**
 * All checks that need Node only: `pnpm test`. Goes on after a failure, so that one run shows everything that is
 * wrong; its last line counts every check and every assertion.
 */
import { basename } from "node:path";
import { check, conclude, packages, tap } from "./report.ts";

check("kernel", "pnpm build:kernel");
check("page", "pnpm build:page");
for (const folder of packages) check(`types of ${basename(folder)}`, "tsc -p .", folder);
check("lint and format", "biome ci .");
check("lint and format of the kernel", "node packages/core/scripts/lint-kernel.ts");
check("links between documents", "remark . --ignore-path .gitignore --quiet --frail --no-stdout");
check("unused code and dependencies", "knip");
check("direction of dependencies", "depcruise packages --output-type err-long");
for (const folder of packages) tap(folder);
conclude({ maySkip: true });
