import type { Format } from "./format.ts";

/** Numbers in their order. */
export interface SortedLiterals {
  /** How many numbers there are. */
  readonly count: number;
  /** How many numbers were read, before `unique` and `limit` took some away. */
  readonly numbersRead: number;
  /** The numbers one by one, with the digits that they were sent with. */
  literals(): Generator<string, void, undefined>;
  /** The whole answer in UTF-8, made anew by each call. Default format: `json`. */
  toBytes(format?: Format): Uint8Array<ArrayBuffer>;
}
