import { type FileHandle, open } from "node:fs/promises";
import { FileSortError } from "../errors.ts";
import type { Source } from "./store.ts";
import { withPath } from "./system-error.ts";
import { readFully } from "./transfer.ts";

/**
 * Opens a file as a source, or returns its handle if it is not a file with a size: a pipe, a terminal.
 *
 * @throws {FileSortError} NOT_A_FILE
 */
export async function openFile(path: string): Promise<Source | FileHandle> {
  const handle = await open(path, "r");
  try {
    const stat = await withPath(path, handle.stat({ bigint: true }));
    if (stat.isDirectory())
      throw new FileSortError("NOT_A_FILE", `${path} is a folder: name the files in it, such as ${path}/*`);
    if (!stat.isFile()) return handle;
    return new FileSource(path, handle, Number(stat.size), stat.mtimeNs);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A local file as it was when it was opened. */
class FileSource implements Source {
  readonly name: string;
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #mtime: bigint;

  constructor(name: string, handle: FileHandle, size: number, mtime: bigint) {
    this.name = name;
    this.#handle = handle;
    this.size = size;
    this.#mtime = mtime;
  }

  async read(buffer: Uint8Array, position: number): Promise<number> {
    const wanted = Math.max(0, Math.min(buffer.length, this.size - position));
    const length = await withPath(this.name, readFully(this.#handle, buffer.subarray(0, wanted), position));
    if (length < wanted) throw this.#changed();
    return length;
  }

  async verify(): Promise<void> {
    const { size, mtimeNs } = await withPath(this.name, this.#handle.stat({ bigint: true }));
    if (Number(size) !== this.size || mtimeNs !== this.#mtime) throw this.#changed();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #changed(): FileSortError {
    return new FileSortError("INPUT_CHANGED", `${this.name} was written to while it was read`);
  }
}
