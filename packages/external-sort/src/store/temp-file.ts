import { constants, type FileHandle, open, statfs, unlink } from "node:fs/promises";
import { join } from "node:path";
import { randomName } from "./random-name.ts";
import { readFully, writeFully } from "./transfer.ts";

/** A file without a name, of which nothing stays, however the process ends. */
export class TempFile {
  readonly #handle: FileHandle;
  #bytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Where the system does not allow to unlink an open file (Windows), it has a name until it is closed. */
  static async open(folder: string): Promise<TempFile> {
    const path = join(folder, `.sorted-${randomName()}.tmp`);
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
    await unlink(path);
    return new TempFile(handle);
  }

  /** How many bytes have been appended. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Writes at the end, which other calls may do at the same time; returns where it begins. */
  async append(bytes: Uint8Array): Promise<number> {
    const position = this.#bytes;
    this.#bytes += bytes.length;
    await writeFully(this.#handle, bytes, position);
    return position;
  }

  async read(buffer: Uint8Array, position: number): Promise<void> {
    const length = await readFully(this.#handle, buffer, position);
    if (length < buffer.length) throw new Error("the temporary file is shorter than what was written to it");
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** How many bytes a folder's disk has free for this user. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
