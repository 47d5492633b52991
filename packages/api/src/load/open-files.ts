import { readFileSync } from "node:fs";

/**
 * How many connections there may be beyond `MAX_CONNECTIONS`. The system lets 511 wait to be accepted (Node's backlog): with
 * more in reserve, the service reads what a client has sent before its connection is the oldest.
 */
export const RESERVED_CONNECTIONS = 600;

/** What a process opens besides connections of clients: about 40 files of Node and its threads, and connections of its own. */
const OWN_FILES = 100;

/**
 * How many files this process may have open at the same time; Infinity where the system does not say it. Node has raised
 * the limit as far as it may.
 *
 * @param path where Linux says it
 */
export function openFilesLimit(path = "/proc/self/limits"): number {
  try {
    return Number(
      /^Max open files +(\d+)/m.exec(readFileSync(path, "utf8"))?.[1] ?? Number.POSITIVE_INFINITY,
    );
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/**
 * The most that `MAX_CONNECTIONS` may be; less than 1 if there are too few files for any.
 *
 * @example
 * mostConnections(1024); // 324
 */
export function mostConnections(openFiles: number): number {
  return openFiles - RESERVED_CONNECTIONS - OWN_FILES;
}
