import {
  type InputType,
  isProblemCode,
  ProblemError,
  parseQuery,
  problem,
  requireOptionsOnly,
} from "@sorted/contract";
import { type Format, SortedError, sortCsv, sortJson, sortJsonLines, sortText, sortTsv } from "@sorted/core";
import type { NumbersType, SortRequest } from "./messages.ts";
import type { Outcome } from "./sort-on-server.ts";

const FORMATS: { readonly [type in NumbersType]: Format } = {
  "application/json": "json",
  "text/plain": "text",
  "text/csv": "csv",
};

const SORTS: { readonly [type in InputType]: typeof sortJson } = {
  "application/json": sortJson,
  "application/x-ndjson": sortJsonLines,
  "text/plain": sortText,
  "text/csv": sortCsv,
  "text/tab-separated-values": sortTsv,
};

/** Gives the answer that the service would give, by the same code, without asking the service. */
export async function sortInBrowser({ search, contentType, accept, body }: SortRequest): Promise<Outcome> {
  try {
    const query = parseQuery(`/${search}`);
    requireOptionsOnly(query);
    const isStrings = accept === "application/json" && query.numbersAsStrings;
    const sorted = SORTS[contentType](await body.blob.arrayBuffer(), query.options);
    return {
      kind: "answered",
      bytes: sorted.toBytes(isStrings ? "json-strings" : FORMATS[accept]),
      numbersRead: sorted.numbersRead,
    };
  } catch (error) {
    if (error instanceof ProblemError) return { kind: "problem", problem: error.problem };
    if (error instanceof SortedError && isProblemCode(error.code))
      return { kind: "problem", problem: problem(error.code, error.detail, error.place) };
    throw error;
  }
}
