import { constants } from "node:fs";
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { randomName } from "./random-name.ts";
import type { Sink } from "./store.ts";
import { withPath } from "./system-error.ts";
import { writeFully } from "./transfer.ts";

/** Linux: a file without a name until it gets one. Node's constants don't have it. */
const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY;
const NEW_FILE_MODE = 0o666;

/** How many bytes are written before the system is asked to bring them to the disk, while more are still to come. */
const SYNCED_BYTES = 2 ** 24;

/**
 * A local file that appears, or is replaced, by one rename. Until then it has no name if the system allows that (Linux,
 * most file systems), so nothing of it remains even if the process is killed. Otherwise its name is that of the file,
 * with a dot before it and a random part after it.
 */
export class FileSink implements Sink {
  /** The path that the caller gave. */
  readonly #name: string;
  readonly #path: string;
  readonly #handle: FileHandle;
  /** Its path before the commit; undefined if it has no name yet. */
  #hiddenPath: string | undefined;
  #isOpen = true;
  #unsyncedBytes = 0;
  /** What brings bytes to the disk now. It tells of its error at the commit: the system names an error only once. */
  #syncing: Promise<void> | undefined;

  private constructor(name: string, path: string, handle: FileHandle, hiddenPath: string | undefined) {
    this.#name = name;
    this.#path = path;
    this.#handle = handle;
    this.#hiddenPath = hiddenPath;
  }

  /**
   * @param path a symbolic link stays one: the file it points to is replaced
   * @param isLarge whether writing takes long enough that it should have no name before: that costs some milliseconds
   */
  static async open(path: string, isLarge: boolean): Promise<FileSink> {
    return withPath(path, FileSink.#open(path, isLarge));
  }

  static async #open(path: string, isLarge: boolean): Promise<FileSink> {
    const target = await targetOf(path);
    const mode = await stat(target).then(
      (found) => found.mode & 0o7777,
      () => undefined,
    );
    const nameless = isLarge ? await openNameless(dirname(target)) : undefined;
    const hiddenPath = nameless === undefined ? hiddenPathOf(target) : undefined;
    const handle = nameless ?? (await open(hiddenPath ?? target, "wx", NEW_FILE_MODE));
    try {
      if (mode !== undefined) await handle.chmod(mode);
    } catch (error) {
      await handle.close();
      if (hiddenPath !== undefined) await rm(hiddenPath, { force: true });
      throw error;
    }
    return new FileSink(path, target, handle, hiddenPath);
  }

  async write(_part: number, bytes: Uint8Array, position: number): Promise<void> {
    await withPath(this.#name, writeFully(this.#handle, bytes, position));
    this.#unsyncedBytes += bytes.length;
    if (this.#unsyncedBytes >= SYNCED_BYTES) this.#syncMeanwhile();
  }

  /** Uses the disk while the processors sort. Otherwise the system may keep everything for the commit to write. */
  #syncMeanwhile(): void {
    if (this.#syncing !== undefined) return;
    this.#unsyncedBytes = 0;
    this.#syncing = this.#handle.datasync();
    const end = () => {
      this.#syncing = undefined;
    };
    this.#syncing.then(end, () => {});
  }

  async commit(): Promise<void> {
    await withPath(this.#name, this.#commit());
  }

  async #commit(): Promise<void> {
    await this.#syncing;
    await this.#handle.sync();
    if (this.#hiddenPath === undefined) {
      this.#hiddenPath = hiddenPathOf(this.#path);
      await link(this.#handle, this.#hiddenPath);
    }
    await rename(this.#hiddenPath, this.#path);
    this.#hiddenPath = undefined;
    await this.#close();
    await syncFolder(dirname(this.#path));
  }

  async abort(): Promise<void> {
    await this.#close();
    if (this.#hiddenPath !== undefined) await rm(this.#hiddenPath, { force: true });
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handle.close();
  }
}

/** What a path leads to through symbolic links, whether it is there or not. */
export async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    const link = await readlink(path).catch(() => undefined);
    return link === undefined ? path : targetOf(resolve(dirname(path), link));
  }
}

function hiddenPathOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomName()}.tmp`);
}

/** Undefined if the system has no such files, or no way to name them. */
async function openNameless(folder: string): Promise<FileHandle | undefined> {
  if (process.platform !== "linux") return undefined;
  const openOne = () => open(folder, constants.O_RDWR | O_TMPFILE, NEW_FILE_MODE);
  let trial: FileHandle | undefined;
  try {
    // Such a file can get a name only once.
    trial = await openOne();
    const path = hiddenPathOf(join(folder, "sorted"));
    await link(trial, path);
    await rm(path);
    return await openOne();
  } catch {
    // If the folder itself is the problem, making a file with a name shows it.
    return undefined;
  } finally {
    await trial?.close();
  }
}

/** Names a file that has no name. Node has no call for it, but `ln` does it. */
async function link(handle: FileHandle, path: string): Promise<void> {
  // Imported only here: a small file doesn't need it, and loading it would take longer than the sort.
  const { execFile } = await import("node:child_process");
  await promisify(execFile)("ln", ["-L", "-T", "--", `/proc/${process.pid}/fd/${handle.fd}`, path]);
}

/** So that the rename itself survives a power failure. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
