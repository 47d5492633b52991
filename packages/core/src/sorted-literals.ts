import type { Format } from "./format.ts";

/** Engines that can print a number with its own digits; others are given a string where a double would lose some. */
const { rawJSON } = JSON as { readonly rawJSON?: (literal: string) => unknown };

/** How many numbers an inspection shows, as for an array. */
const MOST_SHOWN = 100;

/** Numbers in their order. Iterate it, print it, or pass it to `JSON.stringify`: it stands for its numbers. */
export abstract class SortedLiterals {
  /** How many numbers there are. */
  abstract readonly count: number;

  /** How many numbers were read, before `unique` and `limit` took some away. */
  abstract readonly numbersRead: number;

  /** The numbers one by one, with the digits that they were sent with. */
  abstract literals(): Generator<string, void, undefined>;

  /** The whole answer in UTF-8, made anew by each call. Default format: `json`. */
  abstract toBytes(format?: Format): Uint8Array<ArrayBuffer>;

  /** The same as `literals`. */
  [Symbol.iterator](): Generator<string, void, undefined> {
    return this.literals();
  }

  /** The numbers with commas between, as an array prints them. */
  toString(): string {
    return [...this.literals()].join();
  }

  /**
   * The numbers for `JSON.stringify`, with all their digits. Without `JSON.rawJSON` (Node 20) those that a double would
   * change are strings.
   */
  toJSON(): unknown[] {
    return Array.from(this.literals(), rawJSON ?? exactly);
  }

  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const shown = [];
    for (const literal of this.literals()) {
      if (shown.length === MOST_SHOWN) {
        shown.push(`... ${this.count - MOST_SHOWN} more`);
        break;
      }
      shown.push(literal);
    }
    return `SortedLiterals(${this.count}) [ ${shown.join(", ")} ]`;
  }
}

function exactly(literal: string): number | string {
  const number = Number(literal);
  return String(number) === literal ? number : literal;
}
