import type { ErrorCode, Format, Place, ReadOptions } from "@sorted/core";
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

/** The result of a task, how much of the shared memory it has used, and how long it took. */
export interface Outcome {
  readonly result: Result;
  readonly usedBytes: number;
  readonly milliseconds: number;
}

/** Where the answer is in the shared memory; or the answer itself if the kernel did not make it; or the fault. */
export type Result =
  | (Counts & { readonly start: number; readonly length: number })
  | (Counts & { readonly answer: Uint8Array })
  | { readonly fault: Fault };

/** The parts of a SortedError: an error loses its class on the way to another thread. */
interface Fault {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly place: Place;
}

/** Tells a thread, in place of a task, to collect its garbage. It gives no answer. */
export const COLLECT_GARBAGE = "collect garbage";
