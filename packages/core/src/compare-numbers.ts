import { Collector } from "./collector.ts";
import { collectValue, type NumberValue } from "./number-value.ts";

/**
 * Compares two numbers exactly, as the decimals that they are; for `Array.prototype.sort`. Two JavaScript numbers cost
 * little more than their difference.
 *
 * @returns -1, 0 or 1 as `a` is less than, equal to or greater than `b`
 * @throws {SortedError} NOT_A_NUMBER or EXPONENT_OUT_OF_RANGE
 * @example
 * ["1e400", "0.10000000000000000001", 0.1, 1n].sort(compareNumbers); // [0.1, "0.10000000000000000001", 1n, "1e400"]
 */
export function compareNumbers(a: NumberValue, b: NumberValue): -1 | 0 | 1 {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    // Not so where one of them is NaN or Infinity, or the difference overflows. No branch depends on which is less.
    if (difference - difference === 0) return (Number(a > b) - Number(a < b)) as -1 | 0 | 1;
  }
  return compareExactly(a, b);
}

function compareExactly(a: NumberValue, b: NumberValue): -1 | 0 | 1 {
  if (typeof a === "bigint" && typeof b === "bigint") return a < b ? -1 : a > b ? 1 : 0;
  const collector = new Collector({});
  collectValue(a, collector);
  collectValue(b, collector);
  const difference = collector.table.compare(0, 1);
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}
