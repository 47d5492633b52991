import type { Grammar } from "@sorted/core";

/** The types of input, each with the grammar that reads it. */
const GRAMMARS: { readonly [type: string]: Grammar } = {
  "application/json": "json",
  "text/json": "json",
  "application/x-ndjson": "json-lines",
  "application/ndjson": "json-lines",
  "application/jsonl": "json-lines",
  "application/jsonlines": "json-lines",
  "text/plain": "text",
  "text/csv": "csv",
  "application/csv": "csv",
  "text/tab-separated-values": "tsv",
};

/** The types that messages and documents name: one for each grammar. */
export const INPUT_TYPES = [
  "application/json",
  "application/x-ndjson",
  "text/plain",
  "text/csv",
  "text/tab-separated-values",
] as const;
export type InputType = (typeof INPUT_TYPES)[number];

/** The extensions of file names, each with its grammar. */
const ENDINGS: { readonly [ending: string]: Grammar } = {
  json: "json",
  ndjson: "json-lines",
  jsonl: "json-lines",
  txt: "text",
  csv: "csv",
  tsv: "tsv",
  tab: "tsv",
};

/**
 * The grammar that reads a media type; undefined if the service does not read the type.
 *
 * @param type In lower case, without parameters. Types that end in `+json` are JSON (RFC 6839).
 * @example
 * grammarOf("application/geo+json"); // "json"
 */
export function grammarOf(type: string): Grammar | undefined {
  if (Object.hasOwn(GRAMMARS, type)) return GRAMMARS[type];
  return /^[^/]+\/[^/]+\+json$/.test(type) ? "json" : undefined;
}

/** The grammar that reads a file, by the extension of its name; undefined if that says nothing. */
export function grammarOfFile(name: string): Grammar | undefined {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}
