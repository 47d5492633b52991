/** Where the checks keep what takes long to get: outside the work tree, so that a fresh clone finds it. */
import { homedir } from "node:os";
import { join } from "node:path";

/** The folder of this project in the user's cache. */
export const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "sorted");
