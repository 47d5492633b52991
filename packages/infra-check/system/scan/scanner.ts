/** Programs that look for mistakes in files, and that `.ci/setup` installed. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../src/engine/cache.ts";

const run = promisify(execFile);

/** A scanner for files of one form. */
export interface Scanner {
  readonly name: string;
  /** How it wants a file to be called. */
  readonly file: string;
  /**
   * The checks that fail in the files of a folder, each of which has a folder of its own.
   *
   * @throws if it can't read one of them
   */
  readonly scan: (folder: string) => Promise<readonly FailedCheck[]>;
}

/** A check of a scanner's that failed. */
interface FailedCheck {
  readonly check: string;
  readonly says: string;
  /** As the file calls the resource. */
  readonly address: string;
  /** The folder of the file. */
  readonly folder: string;
}

/**
 * What a scanner prints about the files of a folder.
 *
 * @param folder where it runs. The user's own configuration and credentials don't reach it.
 * @throws if it is not installed, or fails
 */
export async function outputOf(
  command: string,
  options: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const installed = join(cacheFolder, "tools", "bin", command);
  const { stdout } = await run(existsSync(installed) ? installed : command, options, {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, LANG: "C.UTF-8", ...env },
    maxBuffer: 64 * 2 ** 20,
  });
  return stdout;
}
