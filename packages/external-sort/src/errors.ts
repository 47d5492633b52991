import { SortedError } from "@sorted/core";
import type { Disorder } from "./options.ts";

/** Why the files can't be sorted, apart from faults in the numbers themselves. */
export type FileSortErrorCode =
  /** A disk has less free space than the sort needs. */
  | "NOT_ENOUGH_SPACE"
  /** There is too little memory for the threads, or for one number or string of the input. */
  | "NOT_ENOUGH_MEMORY"
  /** An input or the output is a folder. */
  | "NOT_A_FILE"
  /** An input can't be decompressed. */
  | "BAD_COMPRESSION"
  /** An input changed while it was read. */
  | "INPUT_CHANGED"
  /** The written numbers are not the numbers that were read. */
  | "CHECKSUM_MISMATCH"
  /** Node is older than this package needs. */
  | "OLD_NODE"
  /** An option has a bad value. */
  | "BAD_OPTION";

/**
 * Thrown if files can't be sorted, though their numbers have no fault. Errors of the operating system (`ENOENT`,
 * `ENOSPC`, …) come as Node's own errors, with its `code`.
 */
export class FileSortError extends Error {
  override readonly name = "FileSortError";
  readonly code: FileSortErrorCode;

  constructor(code: FileSortErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Thrown for the first fault in an input: a `SortedError` that also says which input it is. */
export class InputError extends SortedError {
  /** The input's name: a path, or the name that the caller gave a stream. */
  readonly input: string;

  /** @param error its place counts from the beginning of the decompressed input */
  constructor(input: string, { code, detail, place }: SortedError) {
    super(code, detail, place);
    this.input = input;
    this.message = `${input}: ${this.message}`;
  }
}

/** Thrown by `mergeSorted` for an input that is not sorted. */
export class NotSortedError extends Error {
  override readonly name = "NotSortedError";
  readonly disorder: Disorder;

  constructor(disorder: Disorder) {
    const { input, line, offset, number, previous } = disorder;
    super(`${input}: ${number} comes after ${previous} (line ${line}, byte ${offset})`);
    this.disorder = disorder;
  }
}
