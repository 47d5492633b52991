/** Folders that last as long as the process that made them. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const beginning = "sorted-testbed";

/** Makes an empty folder, which goes when this process ends. */
export function temporaryFolder(): string {
  removeOrphanedFolders();
  const folder = mkdtempSync(join(tmpdir(), `${beginning}.${process.pid}.`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Removes the folders of processes that were killed. */
export function removeOrphanedFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const [first, pid] = name.split(".");
    if (first === beginning && !isRunning(Number(pid)))
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** Whether there is a process with this number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
