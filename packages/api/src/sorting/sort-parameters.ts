import type { Parameter } from "@sorted/contract";
import { isProblemCode, ProblemError } from "@sorted/contract";
import { type ReadOptions, SortedError, type SortedLiterals, sortJson } from "@sorted/core";

/**
 * Sorts the numbers of query parameters. Each value may be what a string in a JSON document may be.
 *
 * @throws {ProblemError} naming the parameter
 */
export function sortParameters(
  parameters: readonly Parameter[],
  { maxDepth, ...options }: ReadOptions & { readonly maxDepth: number },
): SortedLiterals {
  // The values as a document: its own brackets don't count.
  const document = JSON.stringify(parameters.map(({ value }) => value));
  try {
    return sortJson(document, { ...options, maxDepth: maxDepth + 1 });
  } catch (error) {
    if (!(error instanceof SortedError) || !isProblemCode(error.code)) throw error;
    const parameter = parameters[Number(error.pointer?.slice(1))]?.name ?? "";
    const detail = error.code === "TOO_DEEP" ? `brackets are nested deeper than ${maxDepth}` : error.detail;
    throw new ProblemError(error.code, detail, { parameter });
  }
}
