/**
 * How the sort reads and writes, wherever the bytes are: in local files (`file-source.ts`, `file-sink.ts`) or in object
 * storage.
 */

/** The bytes of one version of an object, readable from any place. */
export interface Source {
  /** Its name in errors. */
  readonly name: string;
  readonly size: number;
  /**
   * Reads from byte `position` on until the buffer is full or the source ends.
   *
   * @param buffer may be in memory that threads share
   * @returns how many bytes were read
   * @throws {FileSortError} INPUT_CHANGED, if the source is no longer the version that was opened
   */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /**
   * Called when everything has been read.
   *
   * @throws {FileSortError} INPUT_CHANGED, if that may not have been the version that was opened
   */
  verify(): Promise<void>;
  /** Releases what reading needs. */
  close(): Promise<void>;
}

/** Takes an object in parts. Nobody sees it before `commit`. */
export interface Sink {
  /**
   * Writes a part. Parts are numbered from 0 and follow one another. Several may be written at the same time, and in
   * any order.
   *
   * @param bytes may be in memory that threads share, and change after the promise is settled
   * @param position where the part begins in the object
   */
  write(part: number, bytes: Uint8Array, position: number): Promise<void>;
  /** Makes the object visible, and replaces an earlier one. */
  commit(): Promise<void>;
  /** Leaves nothing behind. Does nothing after `commit`. */
  abort(): Promise<void>;
}
