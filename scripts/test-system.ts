/**
 * The checks that take long, or need more than Node, which `.ci/setup` installs: `pnpm test:system [--verbose] [NAME…]`, on Linux, as
 * root. Lints what is not TypeScript, then runs every package's `system/*.test.ts`. No test may be skipped.
 */
import { globSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import { basename, delimiter, dirname } from "node:path";
import { type Check, packages, tests } from "./checks/check.ts";
import { runChecks } from "./checks/main.ts";

// The folder of `.ci/setup` for programs that are not in a package of the distribution.
const cache = process.env.XDG_CACHE_HOME ?? `${homedir()}/.cache`;
process.env.PATH = [process.env.PATH, `${cache}/sorted/tools/bin`].join(delimiter);

/**
 * The suites that may run beside another: they measure nothing that others change, and use folders and ports of their
 * own. All others run alone.
 */
const sideBySide: readonly string[] = [
  "packages/api/system/clock.test.ts",
  "packages/api/system/h2spec.test.ts",
  "packages/api/system/openapi.test.ts",
  "packages/api/system/page-states.test.ts",
  "packages/api/system/page-work.test.ts",
  "packages/api/system/readme.test.ts",
  "packages/core/system/reach.test.ts",
  "packages/infra-aws/system/deploy-policy.test.ts",
  "packages/external-sort/system/databases.test.ts",
  "packages/external-sort/system/far-offsets.test.ts",
  "packages/external-sort/system/memory.test.ts",
  "packages/infra-aws/system/engine.test.ts",
  "packages/infra-aws/system/moto.test.ts",
  "packages/infra-aws/system/scanners.test.ts",
  "packages/infra-azure/system/engine.test.ts",
  "packages/infra-azure/system/firewall.test.ts",
  "packages/infra-azure/system/scanners.test.ts",
  "packages/infra-kit/system/azure-host.test.ts",
  "packages/infra-kit/system/bootstrap.test.ts",
  "scripts/system/deploy.test.ts",
  "scripts/system/postman.test.ts",
  "scripts/system/release.test.ts",
];

/** Those that may run beside another as well, but one after the other: there is one Docker daemon. */
const withDocker: readonly string[] = [
  "packages/infra-aws/system/twin.test.ts",
  "packages/infra-azure/system/twin.test.ts",
  "packages/infra-aws/system/boot.test.ts",
  "packages/infra-azure/system/boot.test.ts",
  "packages/api/system/compose.test.ts",
  "packages/api/system/image.test.ts",
  "packages/api/system/release.test.ts",
];

const builds: readonly Check[] = [
  { name: "kernel", command: "pnpm build:kernel" },
  { name: "page", command: "pnpm build:page" },
  // Once for all suites that need it, which might otherwise build it at the same time.
  { name: "pulumi", command: "node find-pulumi.ts", folder: "scripts" },
];

const suites: readonly Check[] = packages.flatMap((folder) =>
  globSync(`${folder}/system/*.test.ts`)
    .sort()
    .map((path) => {
      const file = basename(path, ".test.ts");
      const options = `--disable-coverage --timeout=3000 system/${file}.test.ts`;
      const suite = tests(folder, `${file} of ${basename(dirname(dirname(path)))}`, options);
      if (withDocker.includes(path)) return { ...suite, uses: "Docker" };
      return { ...suite, alone: !sideBySide.includes(path) };
    }),
);

await runChecks(
  builds,
  [
    {
      name: "Dockerfiles",
      command: "hadolint packages/api/Dockerfile packages/testbed/substitute-images/Dockerfile",
    },
    {
      name: "shell scripts",
      command: "shellcheck .ci/run .ci/setup packages/testbed/substitute-images/*.sh scripts/*/*.sh",
    },
    { name: "workflows", command: "actionlint" },
    { name: "load balancer", command: "haproxy -c -f deploy/haproxy.cfg" },
    ...suites,
  ],
  { slots: Math.min(2, availableParallelism()), maySkip: false },
);
