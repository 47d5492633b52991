import { Collector } from "./collector.ts";
import { readJson } from "./json.ts";
import { checkOptions, type ReadOptions } from "./options.ts";
import { sortedIndices } from "./order.ts";
import type { SortedLiterals } from "./sorted-literals.ts";
import { TableLiterals } from "./table-literals.ts";
import { readText } from "./text.ts";
import { type DocumentInput, toUtf8 } from "./to-utf8.ts";

/**
 * `sortJson` in plain TypeScript: what the kernel is held to, and what stands in for it.
 *
 * @throws {SortedError} for the first fault in the document, or a bad option
 */
export function sortJson(document: DocumentInput, options: ReadOptions = {}): SortedLiterals {
  return sort(document, options, readJson);
}

/**
 * `sortText` in plain TypeScript.
 *
 * @throws {SortedError} for the first fault in the text, or a bad option
 */
export function sortText(text: DocumentInput, options: ReadOptions = {}): SortedLiterals {
  return sort(text, options, readText);
}

function sort(
  input: DocumentInput,
  options: ReadOptions,
  read: (bytes: Uint8Array, collector: Collector) => void,
): SortedLiterals {
  checkOptions(options);
  const bytes = toUtf8(input);
  const collector = new Collector(options, bytes.length + 1);
  read(bytes, collector);
  return new TableLiterals(collector.table, sortedIndices(collector.table, options));
}
