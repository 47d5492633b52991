/** Finds Pulumi's command line, or builds it: a check on the real engine is never skipped. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import semver from "semver";
import { cacheFolder } from "./cache.ts";

/** The newest engine that the Go module proxy has; the npm package `pulumi` of the catalog has the same version. */
const version = "3.259.0";

/** With this as `PULUMI_HOME`, `pnpm exec pulumi` and the Automation API find what is installed here. */
const home = join(cacheFolder, "pulumi");
const cached = join(home, "versions", version, "bin", "pulumi");

/**
 * The path of a `pulumi`: that on the PATH, else the one in the cache, else one downloaded by the Automation API, else
 * one built by Go from the sources in the module proxy (some three minutes on two cores).
 *
 * @throws if all of that fails, with what Go said
 */
export async function findPulumi(): Promise<string> {
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    // The package `pulumi` in node_modules would download it again.
    .filter((folder) => folder !== "" && !folder.includes("node_modules"))
    .map((folder) => join(folder, "pulumi"))
    .find((file) => existsSync(file));
  if (onPath) return onPath;
  if (existsSync(cached)) return cached;
  try {
    await PulumiCommand.install({ root: dirname(dirname(cached)), version: new semver.SemVer(version) });
    if (existsSync(cached)) return cached;
  } catch (error) {
    console.error(`Pulumi can't be downloaded (${String(error).split("\n")[0]}): building it`);
  }
  build();
  return cached;
}

function build(): void {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-build-"));
  try {
    writeFileSync(
      join(folder, "go.mod"),
      [
        "module sorted.invalid/pulumi",
        "go 1.25",
        `require github.com/pulumi/pulumi/pkg/v3 v${version}`,
        `require github.com/pulumi/pulumi/sdk/v3 v${version}`,
        "",
      ].join("\n"),
    );
    // The Automation API refuses an engine that doesn't know its version.
    const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
    execFileSync(
      "go",
      [
        "build",
        "-mod=mod",
        "-trimpath",
        "-ldflags",
        flags,
        "-o",
        "pulumi",
        "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      ],
      { cwd: folder, stdio: ["ignore", "inherit", "inherit"] },
    );
    mkdirSync(dirname(cached), { recursive: true });
    const half = `${cached}.${process.pid}`;
    execFileSync("cp", [join(folder, "pulumi"), half]);
    // At once: another process may look for it meanwhile.
    renameSync(half, cached);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
