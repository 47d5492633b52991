import { type FileHandle, open } from "node:fs/promises";
import { FileSortError } from "../errors.ts";
import type { Source } from "./store.ts";
import { readFully } from "./transfer.ts";

/** Opens a file as a source, or returns its handle if it is not a file with a size: a pipe, a terminal. */
export async function openFile(path: string): Promise<Source | FileHandle> {
  const handle = await open(path, "r");
  try {
    const stat = await handle.stat({ bigint: true });
    if (!stat.isFile() && !stat.isDirectory()) return handle;
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
    const length = await readFully(this.#handle, buffer.subarray(0, wanted), position);
    if (length < wanted) throw this.#changed();
    return length;
  }

  async verify(): Promise<void> {
    const { size, mtimeNs } = await this.#handle.stat({ bigint: true });
    if (Number(size) !== this.size || mtimeNs !== this.#mtime) throw this.#changed();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #changed(): FileSortError {
    return new FileSortError("INPUT_CHANGED", `${this.name} was written to while it was read`);
  }
}
