/**
 * Serves while you work: `pnpm dev`. When a source changes, the service restarts. When a source of the kernel or the
 * page changes, it is built again. A debugger can attach on port 9229.
 */
import { spawn, spawnSync } from "node:child_process";
import { utimesSync, watch } from "node:fs";
import { join } from "node:path";

const packages = join(import.meta.dirname, "../packages");
/** An editor may write a file in several steps. */
const PAUSE_MILLISECONDS = 100;

/** Builds the kernel. It writes a module that the service imports, so the service restarts by itself. */
function buildKernel(): void {
  spawnSync(process.execPath, [join(packages, "core/scripts/build-kernel.ts")], { stdio: "inherit" });
}

/** Builds the page. The service reads it only at its start, so this touches a module that the service imports. */
function buildPage(): void {
  const { status } = spawnSync(process.execPath, [join(packages, "page/scripts/build.ts")], {
    stdio: "inherit",
  });
  const now = new Date();
  if (status === 0) utimesSync(join(packages, "page/folder.ts"), now, now);
}

/** Calls `build` after each change in one of the folders. */
function onChange(folders: readonly string[], build: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of folders) {
    watch(join(packages, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(build, PAUSE_MILLISECONDS);
    });
  }
}

buildKernel();
buildPage();
onChange(["core/kernel"], buildKernel);
onChange(["core/src", "contract/src", "page/src"], buildPage);

const server = spawn(
  process.execPath,
  ["--watch", "--watch-preserve-output", "--inspect=127.0.0.1:9229", join(packages, "api/src/server.ts")],
  { stdio: "inherit" },
);
// Ctrl+C reaches both processes: this one ends after the service.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => server.kill("SIGTERM"));
server.on("close", (code) => process.exit(code ?? 1));
