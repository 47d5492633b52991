import { constants, type FileHandle, open, statfs, unlink } from "node:fs/promises";
import { join } from "node:path";
import { randomName } from "./random-name.ts";
import { withPath } from "./system-error.ts";
import { readFully, writeFully } from "./transfer.ts";

/** A file without a name. Nothing of it remains, however the process ends. Errors name its folder. */
export class TempFile {
  readonly #folder: string;
  readonly #handle: FileHandle;
  #bytes = 0;

  private constructor(folder: string, handle: FileHandle) {
    this.#folder = folder;
    this.#handle = handle;
  }

  /** If the system can't unlink an open file (Windows), it has a name until it is closed. */
  static async open(folder: string): Promise<TempFile> {
    return withPath(folder, TempFile.#open(folder));
  }

  static async #open(folder: string): Promise<TempFile> {
    const path = join(folder, `.sorted-${randomName()}.tmp`);
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
    await unlink(path);
    return new TempFile(folder, handle);
  }

  /** How many bytes have been appended. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Writes at the end, even while other calls do the same; returns where the bytes begin. */
  async append(bytes: Uint8Array): Promise<number> {
    const position = this.#bytes;
    this.#bytes += bytes.length;
    await withPath(this.#folder, writeFully(this.#handle, bytes, position));
    return position;
  }

  async read(buffer: Uint8Array, position: number): Promise<void> {
    const length = await withPath(this.#folder, readFully(this.#handle, buffer, position));
    if (length < buffer.length) throw new Error("the temporary file is shorter than what was written to it");
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** How many bytes of a folder's disk are free for this user. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
