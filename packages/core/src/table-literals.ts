import { ENCODED_LAYOUTS, type Format } from "./format.ts";
import type { NumberTable } from "./number-table.ts";
import { SortedLiterals } from "./sorted-literals.ts";
import { decode } from "./utf8.ts";

/** Numbers of a table in their order. */
export class TableLiterals extends SortedLiterals {
  readonly #table: NumberTable;
  readonly #indices: Uint32Array;

  /** @param indices which numbers of the table, in which order */
  constructor(table: NumberTable, indices: Uint32Array) {
    super();
    this.#table = table;
    this.#indices = indices;
  }

  override get count(): number {
    return this.#indices.length;
  }

  override get numbersRead(): number {
    return this.#table.count;
  }

  override *literals(): Generator<string, void, undefined> {
    for (const index of this.#indices) yield decode(this.#table.literal(index));
  }

  override toBytes(format: Format = "json"): Uint8Array<ArrayBuffer> {
    const { head, separator, tail, empty } = ENCODED_LAYOUTS[format];
    if (this.count === 0) return new Uint8Array(empty);

    let size = head.length + (this.count - 1) * separator.length + tail.length;
    for (const index of this.#indices) size += this.#table.literal(index).length;
    const bytes = new Uint8Array(size);
    bytes.set(head);
    let position = head.length;
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
