import { stat } from "node:fs/promises";
import { FileSortError } from "./errors.ts";
import { freeBytes } from "./store/temp-file.ts";

/** The bytes that the sort will write to a folder's disk. */
export interface Need {
  readonly folder: string;
  readonly bytes: number;
  /** Their purpose, in words. */
  readonly purpose: string;
}

/**
 * Checks that each disk has enough free space for what the sort will write to it.
 *
 * @throws {FileSortError} NOT_ENOUGH_SPACE, with the numbers
 */
export async function checkSpace(needs: readonly Need[]): Promise<void> {
  const disks = new Map<number, Need[]>();
  for (const need of needs) {
    const { dev } = await stat(need.folder);
    disks.set(dev, [...(disks.get(dev) ?? []), need]);
  }
  for (const onDisk of disks.values()) {
    const [{ folder } = { folder: "." }] = onDisk;
    const needed = onDisk.reduce((sum, { bytes }) => sum + bytes, 0);
    const free = await freeBytes(folder);
    if (needed <= free) continue;
    const parts = onDisk.map(({ bytes, purpose }) => `${bytes} bytes for ${purpose}`).join(" and ");
    throw new FileSortError(
      "NOT_ENOUGH_SPACE",
      `${parts} are needed, but the disk of ${folder} has ${free} bytes free: ${needed - free} too few`,
    );
  }
}
