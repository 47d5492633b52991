import { Collector } from "./collector.ts";
import { checkForm, type Grammar } from "./form.ts";
import { readJson, readJsonLines } from "./json.ts";
import { readList } from "./list.ts";
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
  checkOptions(options);
  const bytes = toUtf8(input);
  const form = formOf(grammar, bytes);
  if (form !== "list") checkForm(form, options);
  const collector = new Collector(options, bytes.length + 1);
  if (form === "json") readJson(bytes, collector, options);
  else if (form === "json-lines") readJsonLines(bytes, collector, options);
  else if (form === "list") readList(bytes, collector);
  else readText(bytes, collector, form, options);
  return new TableLiterals(collector.table, sortedIndices(collector.table, options));
}
