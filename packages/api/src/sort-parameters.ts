import { type ReadOptions, SortedError, type SortedLiterals, sortJson } from "@sorted/core";
import { isProblemCode, ProblemError } from "./problems.ts";
import type { Parameter } from "./query.ts";

/**
 * Sorts the numbers of query parameters: each value is what a string of a JSON document may be.
 *
 * @throws {ProblemError} naming the parameter
 */
export function sortParameters(parameters: readonly Parameter[], options: ReadOptions): SortedLiterals {
  try {
    return sortJson(JSON.stringify(parameters.map(({ value }) => value)), options);
  } catch (error) {
    if (!(error instanceof SortedError) || !isProblemCode(error.code)) throw error;
    const parameter = parameters[Number(error.pointer?.slice(1))]?.name;
    throw new ProblemError(error.code, error.detail, parameter === undefined ? {} : { parameter });
  }
}
