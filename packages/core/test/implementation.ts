import { type Format, type ReadOptions, sortJson, sortText } from "../src/index.ts";
import * as reference from "../src/reference.ts";

/** What `sortJson` and `sortText` give back. */
export interface Sorted {
  readonly count: number;
  literals(): Iterable<string>;
  toBytes(format?: Format): Uint8Array;
}

/** An implementation of the contract: every suite here takes one, and knows nothing else of it. */
export interface Implementation {
  sortJson(document: string | Uint8Array, options?: ReadOptions): Sorted;
  sortText(text: string | Uint8Array, options?: ReadOptions): Sorted;
}

/** Those that every suite runs over. */
export const implementations: { readonly [name: string]: Implementation } = {
  kernel: { sortJson, sortText },
  reference,
};
