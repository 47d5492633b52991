/** Folders that last as long as the process that made them. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const beginning = "sorted-testbed";

/** Makes an empty folder, which goes when this process ends. */
export function temporaryFolder(): string {
  removeOrphanedFolders();
  const folder = mkdtempSync(join(tmpdir(), ownName("")));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Removes the folders of processes that were killed. */
export function removeOrphanedFolders(): void {
  for (const orphan of orphansIn(tmpdir())) rmSync(orphan, { recursive: true, force: true });
}

/** A name for what belongs to this process, so that a later one finds it if this one is killed. */
export function ownName(rest: string): string {
  return `${beginning}.${process.pid}.${rest}`;
}

/** What processes that were killed have left in a folder, of all that has an {@link ownName}. */
export function orphansIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => {
      const [first, pid] = name.split(".");
      return first === beginning && !isRunning(Number(pid));
    })
    .map((name) => join(folder, name));
}

/** Whether there is a process with this number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
