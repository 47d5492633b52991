import type { Grammar } from "./form.ts";
import { KernelInstance } from "./kernel-instance.ts";
import { KernelLiterals } from "./kernel-literals.ts";
import type { ReadOptions } from "./options.ts";
import * as reference from "./reference.ts";
import type { SortedLiterals } from "./sorted-literals.ts";
import { type DocumentInput, toUtf8 } from "./to-utf8.ts";

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
export function sortJson(document: DocumentInput, options: ReadOptions = {}): SortedLiterals {
  return sort("json", document, options);
}

/**
 * Sorts the numbers of a plain text: separated by one comma or semicolon, or by white space. A text that begins with `{`,
 * `[` or `"` is read as JSON, or as a list that numpy or MATLAB has printed.
 *
 * @param text UTF-8, or a string
 * @throws {SortedError} for the first fault in the text, or a bad option
 * @example
 * [...sortText("10; 9.5\n-1").literals()]; // ["-1", "9.5", "10"]
 */
export function sortText(text: DocumentInput, options: ReadOptions = {}): SortedLiterals {
  return sort("text", text, options);
}

/**
 * Sorts the numbers of CSV (RFC 4180): every field is one number, in double quotes or not; or one column of a table, by the
 * option `column`, whose other fields may hold any text.
 *
 * @param text UTF-8, or a string
 * @throws {SortedError} for the first fault, with its line and column, or a bad option
 * @example
 * const table = 'item;price\n"tea; green";2,5\nmilk;1,25\n';
 * [...sortCsv(table, { header: "present", column: "price", decimal: "comma" }).literals()]; // ["1.25", "2.5"]
 */
export function sortCsv(text: DocumentInput, options: ReadOptions = {}): SortedLiterals {
  return sort("csv", text, options);
}

/**
 * Sorts the numbers of a table whose fields are separated by tabs: all of them, or one column by the option `column`.
 *
 * @param text UTF-8, or a string
 * @throws {SortedError} for the first fault, with its line and column, or a bad option
 * @example
 * [...sortTsv("a\tb\n3\t4\n", { header: "present", column: "b" }).literals()]; // ["4"]
 */
export function sortTsv(text: DocumentInput, options: ReadOptions = {}): SortedLiterals {
  return sort("tsv", text, options);
}

/**
 * Sorts the numbers of JSON Lines: one document on each line; of all its leaves, or of one member of each by the option
 * `field`.
 *
 * @param lines UTF-8, or a string
 * @throws {SortedError} for the first fault, with its line, or a bad option
 * @example
 * [...sortJsonLines('{"id":7,"price":2}\n{"id":8,"price":1}\n', { field: "price" }).literals()]; // ["1", "2"]
 */
export function sortJsonLines(lines: DocumentInput, options: ReadOptions = {}): SortedLiterals {
  return sort("json-lines", lines, options);
}

/** An instance with more memory than this is dropped after a sort. */
const KEPT_BYTES = 64 * 2 ** 20;

/** Kept from call to call: an instance is faster when its memory has been used before. Null where none can be made. */
let instance: KernelInstance | null | undefined;

/** Sorts by the kernel. Where it can't, or where it finds a fault, the reference sorts and says exactly what is wrong. */
function sort(grammar: Grammar, input: DocumentInput, options: ReadOptions): SortedLiterals {
  const bytes = toUtf8(input);
  if (instance === undefined) instance = newInstance();
  if (instance === null) return reference.sort(grammar, bytes, options);
  try {
    instance.clear();
    instance.append(bytes);
    return instance.sort(grammar, options)
      ? new KernelLiterals(instance)
      : reference.sort(grammar, bytes, options);
  } catch (error) {
    if (error instanceof RangeError) return reference.sort(grammar, bytes, options);
    throw error;
  } finally {
    if (instance.memory.buffer.byteLength > KEPT_BYTES) instance = undefined;
  }
}

function newInstance(): KernelInstance | null {
  try {
    return new KernelInstance();
  } catch {
    return null;
  }
}
