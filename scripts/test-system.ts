/**
 * The checks that need more than Node, which `.ci/setup` installs: `pnpm test:system`, on Linux, as root. Lints what is
 * not TypeScript, then runs every package's `system/*.test.ts`. Nothing may be skipped.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter } from "node:path";
import { check, conclude, packages, tap } from "./report.ts";

// Where `.ci/setup` puts what is in no package of the distribution.
const cache = process.env.XDG_CACHE_HOME ?? `${homedir()}/.cache`;
process.env.PATH = [process.env.PATH, `${cache}/sorted/tools/bin`].join(delimiter);

check("kernel", "pnpm build:kernel");
check("page", "pnpm build:page");
check("Dockerfiles", "hadolint packages/api/Dockerfile packages/testbed/stand-ins/Dockerfile");
check("shell scripts", "shellcheck .ci/run .ci/setup packages/testbed/stand-ins/*.sh scripts/*/*.sh");
check("workflows", "actionlint");
check("load balancer", "haproxy -c -f deploy/haproxy.cfg");
for (const folder of packages) {
  // One at a time: they measure, and they load the machine. The first may have to build the stand-ins.
  if (existsSync(`${folder}/system`))
    tap(folder, "--disable-coverage --jobs=1 --timeout=3000 'system/*.test.ts'");
}
conclude({ maySkip: false });
