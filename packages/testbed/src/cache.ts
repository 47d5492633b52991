/** Keeps files that take long to make, and do not change, outside the clone. */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The cache folder: `$XDG_CACHE_HOME/sorted`, or `~/.cache/sorted`. It can be deleted at any time. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "sorted");

/** The path of a cached file or folder. If it does not exist yet, `make` writes it to the path that it is given. */
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
