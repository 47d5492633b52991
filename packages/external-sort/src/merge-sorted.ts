import type { SortFilesOptions, SortFilesResult } from "./options.ts";
import { FileSort } from "./passes/file-sort.ts";

/**
 * Merges files that are sorted already into one, as `sortFiles` would sort them, but in one pass where they can be read at
 * any place (not compressed, no stream) and hold a number in each line.
 *
 * @throws {NotSortedError} for the first number of an input that is not in order; and what `sortFiles` throws
 */
export async function mergeSorted(options: SortFilesOptions): Promise<SortFilesResult> {
  return FileSort.run(options, true);
}
