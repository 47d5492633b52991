import { isProblemCode, ProblemError, parseQuery, problem, requireOptionsOnly } from "@sorted/contract";
import { type Format, SortedError, sortJson, sortText } from "@sorted/core";
import type { NumbersType, SortRequest } from "./messages.ts";
import type { Outcome } from "./sort-on-server.ts";

const FORMATS: { readonly [type in NumbersType]: Format } = {
  "application/json": "json",
  "text/plain": "text",
  "text/csv": "csv",
};

/** Gives the answer that the service would give, by the same code, without asking it. */
export function sortInBrowser({ search, contentType, accept, body }: SortRequest): Outcome {
  try {
    const query = parseQuery(`/${search}`);
    requireOptionsOnly(query);
    const sort = contentType === "application/json" ? sortJson : sortText;
    const isStrings = accept === "application/json" && query.numbersAsStrings;
    return {
      kind: "answered",
      bytes: sort(body, query.options).toBytes(isStrings ? "json-strings" : FORMATS[accept]),
    };
  } catch (error) {
    if (error instanceof ProblemError) return { kind: "problem", problem: error.problem };
    if (error instanceof SortedError && isProblemCode(error.code))
      return { kind: "problem", problem: problem(error.code, error.detail, error.place) };
    throw error;
  }
}
