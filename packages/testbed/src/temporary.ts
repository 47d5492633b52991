/** Folders that last as long as the process that made them. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const beginning = "sorted-testbed";

/** Makes an empty folder, and removes those of processes that ended without doing so themselves. */
export function temporaryFolder(): string {
  for (const name of readdirSync(tmpdir())) {
    const [first, pid] = name.split(".");
    if (first === beginning && !isRunning(Number(pid)))
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
  return mkdtempSync(join(tmpdir(), `${beginning}.${process.pid}.`));
}

/** Whether there is a process with this number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
