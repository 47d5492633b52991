import type { Histogram } from "./bars.ts";
import { magnitude, toDecimal } from "./decimal.ts";
import { linearBars } from "./linear-bars.ts";
import { logarithmicBars } from "./logarithmic-bars.ts";
import { type AscendingList, countBelow, countUpTo } from "./sorted-list.ts";

const MOST_BARS = 60;
const FEWEST_BARS = 10;

/** If the middle half of the numbers has less of the axis than this, the axis hides them. */
const LEAST_SHARE = 1 / 32;
/** As many powers of ten as a linear axis can show well. */
const LINEAR_DECADES = 3;

/**
 * Counts sorted numbers into bars. It finds each edge by bisection, so a million numbers take as long as a thousand. It
 * compares decimals, so no exponent and no number of digits is too large.
 */
export function histogram(list: AscendingList): Histogram {
  const mostBars = Math.min(MOST_BARS, Math.max(FEWEST_BARS, Math.ceil(2 * Math.sqrt(list.count))));
  return isTooWild(list) ? logarithmicBars(list, mostBars) : linearBars(list, mostBars);
}

/** Whether a linear axis would crowd half of the numbers into a small part of it, and a logarithmic one would not. */
function isTooWild(list: AscendingList): boolean {
  const last = list.count - 1;
  const at = (share: number) => toDecimal(list.literal(Math.round(share * last)));
  const [least, lower, upper, greatest] = [at(0), at(0.25), at(0.75), at(1)];
  const largest = Math.max(magnitude(least), magnitude(greatest));
  // As parts of the largest number, which fit into doubles.
  const part = (number: typeof least) =>
    number.digits === 0n ? 0 : Math.sign(Number(number.digits)) * 10 ** (magnitude(number) - largest);
  const share = (part(upper) - part(lower)) / (part(greatest) - part(least));
  return share < LEAST_SHARE && largest - smallestMagnitude(list) > LINEAR_DECADES;
}

/** The power of ten of the number nearest to 0 that is not 0. */
function smallestMagnitude(list: AscendingList): number {
  const below = countBelow(list, "0");
  const above = countUpTo(list, "0");
  return Math.min(
    below > 0 ? magnitude(toDecimal(list.literal(below - 1))) : Number.POSITIVE_INFINITY,
    above < list.count ? magnitude(toDecimal(list.literal(above))) : Number.POSITIVE_INFINITY,
  );
}
