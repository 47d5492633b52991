import type { Statistics } from "@sorted/external-sort";

/**
 * A line for each statistic; what could not be said has none.
 *
 * @example
 * statisticsTable({ count: 2, distinct: 2, min: "1", max: "2.5", median: "1.75", sum: "3.5" });
 * // "count     2\ndistinct  2\nmin       1\nmax       2.5\nmedian    1.75\nsum       3.5\n"
 */
export function statisticsTable({ count, distinct, min, max, median, sum }: Statistics): string {
  return Object.entries({ count, distinct, min, max, median, sum })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name.padEnd(10)}${value}\n`)
    .join("");
}
