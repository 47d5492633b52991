import { SortedError, tooManyNumbers } from "./errors.ts";
import { NumberTable, type Span } from "./number-table.ts";

/** How much an input may hold. */
export interface Limits {
  /** How deeply brackets may be nested, those in strings included. Default 512. */
  readonly maxDepth?: number;
  /** How many numbers there may be. Default: no limit. */
  readonly maxNumbers?: number;
}

export const DEFAULT_MAX_DEPTH = 512;

/** Takes the numbers of an input as they are found, and holds the input to its limits. */
export class Collector {
  readonly table: NumberTable;
  readonly #maxDepth: number;
  readonly #maxNumbers: number;
  #depth = 0;

  /** @param expectedBytes how long all literals together are expected to be */
  constructor(
    { maxDepth = DEFAULT_MAX_DEPTH, maxNumbers = Number.POSITIVE_INFINITY }: Limits,
    expectedBytes = 16,
  ) {
    this.table = new NumberTable(expectedBytes);
    this.#maxDepth = maxDepth;
    this.#maxNumbers = maxNumbers;
  }

  /** An opening bracket at `offset`. */
  enter(offset?: number): void {
    this.#depth += 1;
    if (this.#depth > this.#maxDepth) {
      throw new SortedError("TOO_DEEP", `brackets are nested deeper than ${this.#maxDepth}`, place(offset));
    }
  }

  /** A closing bracket. */
  leave(): void {
    this.#depth -= 1;
  }

  /** The number whose literal has been written to the table, and which began at `offset`. */
  add(significant: Span, magnitude: number, offset: number): void {
    if (this.table.count === this.#maxNumbers) throw tooManyNumbers(this.#maxNumbers, { offset });
    this.table.add(significant, magnitude);
  }
}

function place(offset: number | undefined): { offset?: number } {
  return offset === undefined ? {} : { offset };
}
