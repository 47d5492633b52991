import type { SortFilesOptions, SortFilesResult } from "./options.ts";
import { FileSort } from "./passes/file-sort.ts";

/**
 * Merges files that are sorted already into one, as `sortFiles` would sort them. It needs only one pass if the files
 * can be read at any place (not compressed, not a stream) and hold one number per line.
 *
 * @throws {NotSortedError} for the first number of an input that is not in order; also what `sortFiles` throws
 */
export async function mergeSorted(options: SortFilesOptions): Promise<SortFilesResult> {
  return FileSort.run(options, true);
}
