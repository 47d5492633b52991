import type { CheckSortedOptions, CheckSortedResult } from "./options.ts";

/**
 * Finds out whether the numbers of the inputs, taken one after the other, are in order; with `unique`, whether each also
 * differs from the one before it.
 *
 * @throws {InputError} for a fault before the first number that is not in order; and what `sortFiles` throws
 */
export async function checkSorted(options: CheckSortedOptions): Promise<CheckSortedResult> {
  throw new Error(`not yet: ${options.inputs.length}`);
}
