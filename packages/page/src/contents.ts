import { grammarOfFile, type InputType } from "@sorted/contract";
import { tableIn } from "./table.ts";

/** How to read an input; `auto` looks at its name and its beginning. */
export type InputKind = "auto" | InputType;

const TYPES = {
  json: "application/json",
  "json-lines": "application/x-ndjson",
  text: "text/plain",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
} as const;

/**
 * The type of an input: what the file's name says; otherwise JSON if it begins like a document with more than one number,
 * a table if its lines have the same number of fields, or else text. Text includes one number alone.
 *
 * @param sample the first lines
 * @param fileName the name of the file, if the input is one
 * @example
 * contentTypeOf("3, 1"); // "text/plain"
 */
export function contentTypeOf(sample: string, kind: InputKind = "auto", fileName = ""): InputType {
  if (kind !== "auto") return kind;
  const grammar = grammarOfFile(fileName);
  if (grammar !== undefined) return TYPES[grammar];
  const start = sample.replace(/^\ufeff/, "").trimStart();
  // The API reports an empty input best as JSON. A word is a fault in both types.
  if (start === "" || /^[{["]/.test(start)) return "application/json";
  if ((tableIn(sample, ["\t"])?.columns.length ?? 0) > 1) return "text/tab-separated-values";
  const table = tableIn(sample, [";", ","]);
  // Text reads numbers on lines as well, and more forms of them.
  return table?.columns.some(({ isNumeric }) => !isNumeric) || table?.hasHeadings ? "text/csv" : "text/plain";
}
