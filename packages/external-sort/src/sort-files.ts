import type { SortFilesOptions, SortFilesResult } from "./options.ts";
import { FileSort } from "./passes/file-sort.ts";

/**
 * Sorts the numbers of files of any size, exact to the last digit, in at most `memoryBytes` of memory. The sort is
 * stable in both directions.
 *
 * If the input fits into memory, it is sorted there. Otherwise there are two passes, and each reads and writes every
 * number once: pieces become sorted runs in a temporary file, then ranges of all runs become the parts of the output.
 *
 * @throws {InputError} for the first fault of the inputs, with its line and byte
 * @throws {FileSortError} for too little space or memory, and for other problems with the files
 * @throws the signal's reason, if it is aborted; Node's own errors, if the operating system refuses something
 * @example
 * await sortFiles({ inputs: ["numbers.txt"], output: "sorted.txt", memoryBytes: 2 ** 30 });
 * await sortFiles({ inputs: [{ stream: process.stdin }], output: { stream: process.stdout }, order: "desc", limit: 10 });
 */
export async function sortFiles(options: SortFilesOptions): Promise<SortFilesResult> {
  return FileSort.run(options, false);
}
