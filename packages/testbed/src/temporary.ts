/** Folders that last as long as the process that made them. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const beginning = "sorted-testbed";

/** Makes an empty folder, which is deleted when this process ends. */
export function temporaryFolder(): string {
  removeOrphanedFolders();
  const folder = mkdtempSync(join(tmpdir(), ownName("")));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Removes the folders of killed processes. */
export function removeOrphanedFolders(): void {
  for (const orphan of orphansIn(tmpdir())) rmSync(orphan, { recursive: true, force: true });
}

/** A name with this process's id, so that a later process can find the file if this one is killed. */
export function ownName(rest: string): string {
  return `${beginning}.${process.pid}.${rest}`;
}

/** The files that killed processes have left in a folder, among those with an {@link ownName}. */
export function orphansIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => {
      const [first, pid] = name.split(".");
      return first === beginning && !isRunning(Number(pid));
    })
    .map((name) => join(folder, name));
}

/** Whether there is a process with this id. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
