/** Runs a scanner that `.ci/setup` installed. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../src/engine/cache.ts";

const run = promisify(execFile);

/**
 * What a scanner prints about the files of a folder.
 *
 * @param folder where it runs. The user's own configuration and credentials don't reach it.
 * @throws if it is not installed, or fails
 */
export async function scanner(
  name: string,
  options: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const installed = join(cacheFolder, "tools", "bin", name);
  const { stdout } = await run(existsSync(installed) ? installed : name, options, {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, LANG: "C.UTF-8", ...env },
    maxBuffer: 64 * 2 ** 20,
  });
  return stdout;
}
