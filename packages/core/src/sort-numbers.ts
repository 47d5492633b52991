import { Collector } from "./collector.ts";
import { checkOptions, type ReadOptions } from "./options.ts";
import { sortedIndices } from "./order.ts";
import { collectValues, type NumberValue, type NumberValues } from "./values.ts";

/**
 * Sorts JavaScript values; each comes back as the value that it was. Objects are read in the order of `Object.keys`,
 * which puts names that look like array indices first.
 *
 * @throws {SortedError} NOT_A_NUMBER, EXPONENT_OUT_OF_RANGE, CYCLE, TOO_DEEP, TOO_MANY_NUMBERS with a pointer; BAD_OPTION
 * @example
 * sortNumbers([10, 9, 1]); // [1, 9, 10]
 * sortNumbers([2n ** 64n, "18446744073709551615.5", 0.1]); // [0.1, "18446744073709551615.5", 18446744073709551616n]
 */
export function sortNumbers<Value extends NumberValue>(
  values: readonly Value[],
  options?: ReadOptions,
): Value[];
export function sortNumbers(values: NumberValues, options?: ReadOptions): NumberValue[];
export function sortNumbers(values: NumberValues, options: ReadOptions = {}): unknown[] {
  checkOptions(options);
  const collector = new Collector(options);
  const collected = collectValues(values, collector);
  return Array.from(sortedIndices(collector.table, options), (index) => collected[index]);
}
