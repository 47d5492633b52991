import { ENCODED_LAYOUTS, type Format } from "./format.ts";
import type { KernelInstance } from "./kernel-instance.ts";
import { SortedLiterals } from "./sorted-literals.ts";
import { decode } from "./utf8.ts";

const [COMMA = 0] = ENCODED_LAYOUTS.json.separator;

/** A copy of the numbers that a kernel instance has sorted. */
export class KernelLiterals extends SortedLiterals {
  override readonly count: number;
  override readonly numbersRead: number;
  /** The answer in JSON. */
  readonly #json: Uint8Array<ArrayBuffer>;

  /** @param instance the one that has just sorted them */
  constructor(instance: KernelInstance) {
    super();
    this.count = instance.count;
    this.numbersRead = instance.numbersRead;
    this.#json = new Uint8Array(instance.write("json"));
  }

  override *literals(): Generator<string, void, undefined> {
    const { head, tail } = ENCODED_LAYOUTS.json;
    const numbersEnd = this.#json.length - tail.length;
    for (let start = head.length; start < numbersEnd; ) {
      const comma = this.#json.indexOf(COMMA, start);
      const end = comma < 0 ? numbersEnd : comma;
      yield decode(this.#json.subarray(start, end));
      start = end + 1;
    }
  }

  override toBytes(format: Format = "json"): Uint8Array<ArrayBuffer> {
    if (format === "json") return this.#json.slice();
    const { head, separator, tail, empty } = ENCODED_LAYOUTS[format];
    if (this.count === 0) return new Uint8Array(empty);

    const json = ENCODED_LAYOUTS.json;
    const numbers = this.#json.subarray(json.head.length, this.#json.length - json.tail.length);
    const growth = (this.count - 1) * (separator.length - json.separator.length);
    const bytes = new Uint8Array(head.length + numbers.length + growth + tail.length);
    bytes.set(head);
    let position = head.length;
    for (const byte of numbers) {
      if (byte === COMMA) {
        bytes.set(separator, position);
        position += separator.length;
      } else {
        bytes[position] = byte;
        position += 1;
      }
    }
    bytes.set(tail, position);
    return bytes;
  }
}
