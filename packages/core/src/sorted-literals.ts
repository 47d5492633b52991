import type { NumberTable } from "./number-table.ts";
import { decode } from "./utf8.ts";

/**
 * How an answer is written: `json` is `{"sorted":[1,2]}`; `json-strings` is `{"sorted":["1","2"]}`, for readers whose
 * JSON parser would lose digits; `text` has a number and LF each, `csv` a number and CRLF each.
 */
export type Format = "json" | "json-strings" | "text" | "csv";

/** What stands before, between and behind the numbers, and the whole answer where there are none. */
interface Layout {
  readonly head: string;
  readonly separator: string;
  readonly tail: string;
  readonly empty: string;
}

const LAYOUTS: { readonly [format in Format]: Layout } = {
  json: { head: '{"sorted":[', separator: ",", tail: "]}", empty: '{"sorted":[]}' },
  "json-strings": { head: '{"sorted":["', separator: '","', tail: '"]}', empty: '{"sorted":[]}' },
  text: { head: "", separator: "\n", tail: "\n", empty: "" },
  csv: { head: "", separator: "\r\n", tail: "\r\n", empty: "" },
};

/** Numbers in their order. */
export class SortedLiterals {
  readonly #table: NumberTable;
  readonly #indices: Uint32Array;

  /** @param indices which numbers of the table, in which order */
  constructor(table: NumberTable, indices: Uint32Array) {
    this.#table = table;
    this.#indices = indices;
  }

  /** How many numbers there are. */
  get count(): number {
    return this.#indices.length;
  }

  /** The numbers one by one, with the digits that they were sent with. */
  *literals(): Generator<string, void, undefined> {
    for (const index of this.#indices) yield decode(this.#table.literal(index));
  }

  /** The whole answer in UTF-8, made anew by each call. */
  toBytes(format: Format = "json"): Uint8Array<ArrayBuffer> {
    const layout = LAYOUTS[format];
    const encoder = new TextEncoder();
    if (this.count === 0) return encoder.encode(layout.empty);
    const separator = encoder.encode(layout.separator);
    const tail = encoder.encode(layout.tail);

    let size = layout.head.length + (this.count - 1) * separator.length + tail.length;
    for (const index of this.#indices) size += this.#table.literal(index).length;
    const bytes = new Uint8Array(size);
    let { written: position } = encoder.encodeInto(layout.head, bytes);
    for (const index of this.#indices) {
      const literal = this.#table.literal(index);
      bytes.set(literal, position);
      position += literal.length;
      const isLast = position + tail.length === size;
      bytes.set(isLast ? tail : separator, position);
      position += separator.length;
    }
    return bytes;
  }
}
