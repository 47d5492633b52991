import type { Format, ReadOptions } from "@sorted/core";
import type { Grammar, KernelMemory } from "@sorted/core/kernel";

/** What to do with a body. */
export interface Sort {
  readonly grammar: Grammar;
  readonly options: ReadOptions;
  readonly format: Format;
  /** A charset of which the service reads only ASCII; undefined for UTF-8 and UTF-16. */
  readonly asciiOnly?: string | undefined;
}

/** How many numbers a sort has read, and how many the answer has. */
export interface Counts {
  readonly numbersRead: number;
  readonly count: number;
}

/** The same for a thread: the body lies in memory that it shares. */
export interface SortTask extends Sort {
  readonly memory: KernelMemory;
  readonly bodyBytes: number;
}
