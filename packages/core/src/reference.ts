import { Collector, type Limits } from "./collector.ts";
import { checkForm, type FormOptions, type Grammar } from "./form.ts";
import { readJson } from "./json.ts";
import { readJsonLines } from "./json-lines.ts";
import { readList } from "./list.ts";
import type { NumberTable } from "./number-table.ts";
import { checkOptions, type ReadOptions } from "./options.ts";
import { sortedIndices } from "./order.ts";
import type { SortedLiterals } from "./sorted-literals.ts";
import { TableLiterals } from "./table-literals.ts";
import { readText } from "./text.ts";
import { formOf } from "./text-form.ts";
import { type DocumentInput, toUtf8 } from "./to-utf8.ts";

/**
 * The sort in plain TypeScript: what the kernel is held to, and what takes its place where it can't sort, or where it
 * finds a fault, which this explains.
 *
 * @throws {SortedError} for the first fault in the input, or a bad option
 */
export function sort(grammar: Grammar, input: DocumentInput, options: ReadOptions = {}): SortedLiterals {
  const table = read(grammar, input, options);
  return new TableLiterals(table, sortedIndices(table, options));
}

/**
 * The numbers of an input in the order in which they stand there: for what the kernel can't read.
 *
 * @throws {SortedError} for the first fault in the input, or a bad option
 */
export function literalsOf(
  grammar: Grammar,
  input: DocumentInput,
  options: FormOptions & Limits = {},
): SortedLiterals {
  const table = read(grammar, input, options);
  return new TableLiterals(
    table,
    new Uint32Array(table.count).map((_, i) => i),
  );
}

function read(grammar: Grammar, input: DocumentInput, options: ReadOptions): NumberTable {
  checkOptions(options);
  const bytes = toUtf8(input);
  const form = formOf(grammar, bytes);
  checkForm(form, options);
  const collector = new Collector(options, bytes.length + 1);
  if (form === "json") readJson(bytes, collector, options);
  else if (form === "json-lines") readJsonLines(bytes, collector, options);
  else if (form === "list") readList(bytes, collector);
  else readText(bytes, collector, form, options);
  return collector.table;
}
