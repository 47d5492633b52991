/** What takes long to make, and does not change, is kept outside the clone. */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The folder for it: `$XDG_CACHE_HOME/sorted`, or `~/.cache/sorted`. It can be deleted at any time. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "sorted");

/** The path of a cached file or folder, which `make` writes to the path that it is given if it is not there yet. */
export async function cached(name: string, make: (path: string) => Promise<unknown>): Promise<string> {
  const path = join(cacheFolder, name);
  if (!existsSync(path)) {
    const unfinished = `${path}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(dirname(path), { recursive: true });
    await make(unfinished);
    renameSync(unfinished, path);
  }
  return path;
}
