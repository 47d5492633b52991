/**
 * How the sort reads and writes, whatever the bytes lie in: local files (`file-source.ts`, `file-sink.ts`), or object
 * storage.
 */

/** The bytes of one version of an object, readable from any place. */
export interface Source {
  /** What errors call it. */
  readonly name: string;
  readonly size: number;
  /**
   * Reads from byte `position` on until the buffer is full or the source ends.
   *
   * @param buffer may lie in memory that threads share
   * @returns how many bytes were read
   * @throws {FileSortError} INPUT_CHANGED, where what can be read is no longer the version that was opened
   */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /**
   * Is called when everything has been read.
   *
   * @throws {FileSortError} INPUT_CHANGED, where that may not have been the version that was opened
   */
  verify(): Promise<void>;
  /** Gives back what reading takes. */
  close(): Promise<void>;
}

/** Takes an object in parts. Nobody sees anything of it before `commit`. */
export interface Sink {
  /**
   * Writes a part. Parts are numbered from 0 and lie one after the other; several may be written at the same time, and in
   * any order.
   *
   * @param bytes may lie in memory that threads share, and change after the promise is settled
   * @param position where the part begins in the object
   */
  write(part: number, bytes: Uint8Array, position: number): Promise<void>;
  /** Makes the object visible, in place of any that was there. */
  commit(): Promise<void>;
  /** Leaves nothing behind. Does nothing after `commit`. */
  abort(): Promise<void>;
}
