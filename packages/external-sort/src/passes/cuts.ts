import { KEY_BYTES } from "../threads/sort-task.ts";
import type { Range, Run, RunFile } from "./run.ts";
import { lengthOf } from "./run.ts";
import { Search } from "./search.ts";

/**
 * Cuts sorted runs into ranges: the parts of all runs between two numbers. Ranges come in order. Each has at most
 * `rangeBytes` bytes, unless all its numbers are equal.
 *
 * Samples of the runs decide where to cut. If a range is too long even so, it is cut again at the number in the middle
 * of its longest part.
 */
export class Cuts {
  readonly #runs: readonly Run[];
  readonly #search: Search;
  readonly #rangeBytes: number;

  constructor(runs: readonly Run[], file: RunFile, order: "asc" | "desc", rangeBytes: number) {
    this.#runs = runs;
    this.#search = new Search(file, order);
    this.#rangeBytes = rangeBytes;
  }

  async *ranges(): AsyncGenerator<Range, void, undefined> {
    let starts = this.#runs.map(({ start }) => start);
    for (const key of this.#splitters()) {
      const ends = await Promise.all(this.#runs.map((run) => this.#boundBySamples(run, key)));
      yield* this.#withinLength({ starts, ends, isEqual: false });
      starts = ends;
    }
    const ends = this.#runs.map(({ start, length }) => start + length);
    yield* this.#withinLength({ starts, ends, isEqual: false });
  }

  /**
   * Cuts the range into three: the numbers less than the one in the middle of its longest part, those equal to it, and
   * those greater. The first and the last have less than all of that part.
   */
  async split({ starts, ends }: Range): Promise<Range[]> {
    const lengths = ends.map((end, i) => end - Number(starts[i]));
    const longest = lengths.indexOf(Math.max(...lengths));
    const [start = 0, end = 0] = [starts[longest], ends[longest]];
    const key = this.#search.keyOf(await this.#search.lineNear(start, end, (start + end) / 2));
    const bounds = (isUpper: boolean) =>
      Promise.all(starts.map((start, i) => this.#search.bound(start, Number(ends[i]), key, isUpper)));
    const lower = await bounds(false);
    const upper = await bounds(true);
    return [
      { starts, ends: lower, isEqual: false },
      { starts: lower, ends: upper, isEqual: true },
      { starts: upper, ends, isEqual: false },
    ].filter((range) => lengthOf(range) > 0);
  }

  /** Cuts a range of equal numbers into parts of at most this many bytes, in the order of the runs. */
  async *equalParts({ starts, ends }: Range, bytes: number): AsyncGenerator<Range, void, undefined> {
    for (const [i, end] of ends.entries()) {
      for (let start = Number(starts[i]); start < end; ) {
        const isLast = end - start <= bytes;
        const partEnd = isLast ? end : (await this.#search.lineNear(start, end, start + bytes)).start;
        // A line may be longer than `bytes`.
        const next = partEnd > start ? partEnd : (await this.#search.lineNear(start, end, start)).end;
        yield { starts: [start], ends: [next], isEqual: true };
        start = next;
      }
    }
  }

  async *#withinLength(range: Range): AsyncGenerator<Range, void, undefined> {
    const length = lengthOf(range);
    if (length === 0) return;
    if (length <= this.#rangeBytes || range.isEqual) {
      yield range;
      return;
    }
    for (const part of await this.split(range)) yield* this.#withinLength(part);
  }

  /** Keys that cut all runs together after about three quarters of a range each, so that few ranges are too long. */
  #splitters(): Uint8Array[] {
    const keys: Uint8Array[] = [];
    for (const { samples } of this.#runs) {
      for (let at = 0; at < samples.keys.length; at += KEY_BYTES)
        keys.push(samples.keys.subarray(at, at + KEY_BYTES));
    }
    keys.sort(Buffer.compare);
    const bytes = this.#runs.reduce((sum, { length }) => sum + length, 0);
    const every = Math.max(1, Math.floor((keys.length * this.#rangeBytes * 0.75) / bytes));
    const chosen = keys.filter((_, i) => i > 0 && i % every === 0);
    return chosen
      .filter((key, i) => i === 0 || Buffer.compare(key, chosen[i - 1] ?? key) !== 0)
      .map(withoutPadding);
  }

  async #boundBySamples({ start, length, samples }: Run, key: Uint8Array): Promise<number> {
    const { positions, keys } = samples;
    let low = 0;
    let high = positions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const sample = keys.subarray(middle * KEY_BYTES, (middle + 1) * KEY_BYTES);
      if (Buffer.compare(sample, key) < 0) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return start;
    const from = start + Number(positions[low - 1]);
    const to = start + (positions[low] ?? length);
    return this.#search.bound(from, to, key, false);
  }
}

/** No key ends with a zero: no line's whole key begins another key, but with zeros added it would begin itself. */
function withoutPadding(key: Uint8Array): Uint8Array {
  return key.subarray(0, key.findLastIndex((byte) => byte !== 0) + 1);
}
