import { Collector } from "./collector.ts";
import { readJson } from "./json.ts";
import { checkOptions, type ReadOptions } from "./options.ts";
import { sortedIndices } from "./order.ts";
import { SortedLiterals } from "./sorted-literals.ts";
import { readText } from "./text.ts";

/**
 * Sorts the numbers of a JSON document: every leaf is one number, or a string that holds one or a list of them. Names
 * are ignored. Each number comes back with the digits that it was sent with.
 *
 * @param document UTF-8, or a string
 * @throws {SortedError} for the first fault in the document, or a bad option
 * @example
 * const sorted = sortJson('{"x1": "[3, 10, -2.5]", "x2": "7", "x3": 1}');
 * sorted.count; // 5
 * [...sorted.literals()]; // ["-2.5", "1", "3", "7", "10"]
 * new TextDecoder().decode(sorted.toBytes()); // '{"sorted":[-2.5,1,3,7,10]}'
 */
export function sortJson(document: string | Uint8Array, options: ReadOptions = {}): SortedLiterals {
  return sort(document, options, readJson);
}

/**
 * Sorts the numbers of a plain text or CSV: separated by one comma or semicolon, or by white space.
 *
 * @param text UTF-8, or a string
 * @throws {SortedError} for the first fault in the text, or a bad option
 * @example
 * [...sortText("10; 9.5\n-1").literals()]; // ["-1", "9.5", "10"]
 */
export function sortText(text: string | Uint8Array, options: ReadOptions = {}): SortedLiterals {
  return sort(text, options, readText);
}

function sort(
  input: string | Uint8Array,
  options: ReadOptions,
  read: (bytes: Uint8Array, collector: Collector) => void,
): SortedLiterals {
  checkOptions(options);
  const bytes = typeof input === "string" ? encode(input) : input;
  if (!ArrayBuffer.isView(bytes)) throw new TypeError("expected a string or a Uint8Array");
  const collector = new Collector(options, bytes.length + 1);
  read(bytes, collector);
  return new SortedLiterals(collector.table, sortedIndices(collector.table, options));
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const NEVER_IN_UTF8 = 0xff;

/**
 * A lone surrogate has no UTF-8, and to let it become U+FFFD would be a silent change. The first one becomes a byte
 * that is not UTF-8, so that it is reported unless another fault comes before it.
 */
function encode(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const bytes = encoder.encode(text);
  const loneSurrogate = LONE_SURROGATE.exec(text);
  if (loneSurrogate !== null) {
    bytes[encoder.encode(text.slice(0, loneSurrogate.index)).length] = NEVER_IN_UTF8;
  }
  return bytes;
}
