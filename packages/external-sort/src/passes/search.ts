import { maxOrderKeyBytes, writeOrderKey } from "@sorted/core/kernel";
import type { RunFile } from "./run.ts";

const LINE_FEED = 0x0a;
/** How many bytes of a run are read at once. */
const BLOCK_BYTES = 2 ** 16;

/** Finds numbers in sorted runs by their order keys. */
export class Search {
  readonly #file: RunFile;
  readonly #order: "asc" | "desc";

  constructor(file: RunFile, order: "asc" | "desc") {
    this.#file = file;
    this.#order = order;
  }

  /**
   * The beginning of the first line between `start` and `end`, two beginnings of lines, whose key is not less than
   * `key`; with `isUpper`, whose key is greater. `end` if there is none.
   */
  async bound(start: number, end: number, key: Uint8Array, isUpper: boolean): Promise<number> {
    let low = start;
    let high = end;
    while (high - low > BLOCK_BYTES) {
      const line = await this.lineNear(low, high, (low + high) / 2);
      if (isBelow(this.#keyOf(line.literal), key, isUpper)) low = line.end;
      else high = line.start;
    }
    const block = await this.#read(low, high);
    return low + this.#boundIn(block, key, isUpper);
  }

  /** A line between `start` and `end`, two beginnings of lines, that is near `place`. */
  async lineNear(start: number, end: number, place: number): Promise<Line> {
    for (let reach = 256; ; reach *= 8) {
      const from = Math.max(start, Math.floor(place) - reach);
      const to = Math.min(end, Math.floor(place) + reach);
      const bytes = await this.#read(from, to);
      const first = from === start ? 0 : bytes.indexOf(LINE_FEED) + 1;
      const before = bytes.subarray(0, Math.floor(place) - from).lastIndexOf(LINE_FEED) + 1;
      const lineStart = Math.max(first, before);
      const lineEnd = bytes.indexOf(LINE_FEED, lineStart);
      const isWhole = (from === start || first > 0) && lineEnd >= 0;
      if (isWhole)
        return {
          start: from + lineStart,
          end: from + lineEnd + 1,
          literal: bytes.subarray(lineStart, lineEnd),
        };
      if (from === start && to === end) throw new Error("a run has no whole line");
    }
  }

  /** The order key of a line's literal. */
  keyOf(line: Line): Uint8Array {
    return this.#keyOf(line.literal);
  }

  #boundIn(block: Buffer, key: Uint8Array, isUpper: boolean): number {
    let low = 0;
    let high = block.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const lineStart = middle === 0 ? 0 : Math.max(low, block.lastIndexOf(LINE_FEED, middle - 1) + 1);
      const lineEnd = block.indexOf(LINE_FEED, lineStart);
      if (isBelow(this.#keyOf(block.subarray(lineStart, lineEnd)), key, isUpper)) low = lineEnd + 1;
      else high = lineStart;
    }
    return low;
  }

  #keyOf(literal: Uint8Array): Uint8Array {
    const key = new Uint8Array(maxOrderKeyBytes(literal.length));
    return key.subarray(0, writeOrderKey(literal, 0, literal.length, key, 0, this.#order));
  }

  async #read(start: number, end: number): Promise<Buffer> {
    const block = Buffer.allocUnsafe(end - start);
    await this.#file.read(block, start);
    return block;
  }
}

/** A line of a run: where it begins, and where the next one does. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly literal: Uint8Array;
}

function isBelow(key: Uint8Array, limit: Uint8Array, isUpper: boolean): boolean {
  const difference = Buffer.compare(key, limit);
  return difference < 0 || (isUpper && difference === 0);
}
