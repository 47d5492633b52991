import type { Format, Grammar, ReadOptions } from "../src/index.ts";
import * as published from "../src/index.ts";
import * as reference from "../src/reference.ts";

/** What a sort gives back. */
export interface Sorted {
  readonly count: number;
  readonly numbersRead: number;
  literals(): Iterable<string>;
  toBytes(format?: Format): Uint8Array;
}

type Sort = (input: string | Uint8Array, options?: ReadOptions) => Sorted;

/** An implementation of the contract: every suite here takes one, and knows nothing else of it. */
export interface Implementation {
  readonly sortJson: Sort;
  readonly sortJsonLines: Sort;
  readonly sortText: Sort;
  readonly sortCsv: Sort;
  readonly sortTsv: Sort;
}

const byReference =
  (grammar: Grammar): Sort =>
  (input, options) =>
    reference.sort(grammar, input, options);

/** Those that every suite runs over. */
export const implementations: { readonly [name: string]: Implementation } = {
  kernel: published,
  reference: {
    sortJson: byReference("json"),
    sortJsonLines: byReference("json-lines"),
    sortText: byReference("text"),
    sortCsv: byReference("csv"),
    sortTsv: byReference("tsv"),
  },
};
