import type { AscendingList } from "./sorted-list.ts";

/** Where each number of an answer begins and ends. */
export interface Positions {
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** The characters around numbers in JSON, lines and CSV. */
const BETWEEN = new Set(Array.from(',"[]{}\r\n', (character) => character.charCodeAt(0)));
const [OPENING] = new TextEncoder().encode("[");

/** Finds the numbers of an answer, whatever its type is. */
export function findNumbers(bytes: Uint8Array): Positions {
  const isBetween = Uint8Array.from({ length: 256 }, (_, byte) => (BETWEEN.has(byte) ? 1 : 0));
  const starts = new Uint32Array(bytes.length / 2 + 1);
  const ends = new Uint32Array(bytes.length / 2 + 1);
  let count = 0;
  let isInside = false;
  // In JSON, the name of the member comes before the list.
  for (let i = Math.max(0, bytes.indexOf(OPENING ?? 0)); i <= bytes.length; i += 1) {
    const isNumber = i < bytes.length && isBetween[bytes[i] ?? 0] === 0;
    if (isNumber === isInside) continue;
    if (isNumber) starts[count] = i;
    else {
      ends[count] = i;
      count += 1;
    }
    isInside = isNumber;
  }
  return { starts: starts.slice(0, count), ends: ends.slice(0, count) };
}

const decoder = new TextDecoder();

/** An answer that gives its numbers one by one. */
export class Answer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #positions: Positions;

  constructor(bytes: Uint8Array<ArrayBuffer>, positions: Positions) {
    this.bytes = bytes;
    this.#positions = positions;
  }

  get count(): number {
    return this.#positions.starts.length;
  }

  /** The characters of one number, or the first `most` if it is longer. */
  literal(index: number, most = Number.POSITIVE_INFINITY): string {
    const { starts, ends } = this.#positions;
    const start = starts[index] ?? 0;
    return decoder.decode(this.bytes.subarray(start, Math.min(ends[index] ?? start, start + most)));
  }

  /** How many characters a number has. */
  lengthOf(index: number): number {
    const { starts, ends } = this.#positions;
    return (ends[index] ?? 0) - (starts[index] ?? 0);
  }

  /** The same numbers from the least to the greatest, whatever their order is. */
  ascending(isDescending: boolean): AscendingList {
    const { count } = this;
    return { count, literal: (index) => this.literal(isDescending ? count - 1 - index : index) };
  }
}
