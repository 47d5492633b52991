import type { SortFilesOptions, SortFilesResult } from "./options.ts";
import { FileSort } from "./passes/file-sort.ts";

/**
 * Sorts the numbers of files of any size, exact to the last digit, in memory that is bounded by `memoryBytes`. The sort is
 * stable in both directions.
 *
 * Input that fits into memory is sorted there. Else there are two passes, in each of which every number is read once and
 * written once: pieces become sorted runs in a temporary file, and then ranges of all runs become the parts of the output.
 *
 * @throws {InputError} for the first fault of the inputs, with its line and byte
 * @throws {FileSortError} for lack of space or memory, and what else can be wrong with files
 * @throws the signal's reason, if it is aborted; Node's own errors, for what the operating system refuses
 * @example
 * await sortFiles({ inputs: ["numbers.txt"], output: "sorted.txt", memoryBytes: 2 ** 30 });
 * await sortFiles({ inputs: [{ stream: process.stdin }], output: { stream: process.stdout }, order: "desc", limit: 10 });
 */
export async function sortFiles(options: SortFilesOptions): Promise<SortFilesResult> {
  return FileSort.run(options, false);
}
