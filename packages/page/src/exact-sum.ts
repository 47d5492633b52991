import { type Decimal, toLiteral } from "./decimal.ts";

/** A sum with more digits is not written out. */
const MOST_SUM_DIGITS = 1000;
/** Digits of a quotient that does not end. */
const QUOTIENT_DIGITS = 20;
/** Numbers below this are added as doubles, of which 1024 stay exact: 2^43 × 2^10 = 2^53. */
const SMALL = 2 ** 43;
const MOST_SMALL = 1024;

/** Digits and a power of ten, as `Decimal`; few digits may be a double, which is faster to add. */
export interface Addend {
  readonly digits: number | bigint;
  readonly exponent: number;
}

/** Adds numbers without rounding: it keeps one whole number for each power of ten. */
export class ExactSum {
  readonly #sums = new Map<number, { small: number; smallCount: number; large: bigint }>();

  add({ digits, exponent }: Addend): void {
    if (digits === 0 || digits === 0n) return;
    let sum = this.#sums.get(exponent);
    if (sum === undefined) {
      sum = { small: 0, smallCount: 0, large: 0n };
      this.#sums.set(exponent, sum);
    }
    if (typeof digits === "bigint" || Math.abs(digits) >= SMALL) sum.large += BigInt(digits);
    else {
      sum.small += digits;
      sum.smallCount += 1;
      if (sum.smallCount < MOST_SMALL) return;
      sum.large += BigInt(sum.small);
      sum.small = 0;
      sum.smallCount = 0;
    }
  }

  /** The sum; undefined if it would take more than `MOST_SUM_DIGITS` digits to write it out. */
  total(): Decimal | undefined {
    const sums = Array.from(this.#sums, ([exponent, { small, large }]) => ({
      exponent,
      digits: large + BigInt(small),
    })).filter(({ digits }) => digits !== 0n);
    if (sums.length === 0) return { digits: 0n, exponent: 0 };
    const exponent = sums.reduce((least, one) => Math.min(least, one.exponent), Number.POSITIVE_INFINITY);
    const top = sums.reduce(
      (most, one) => Math.max(most, one.exponent + String(one.digits).length),
      -Infinity,
    );
    if (top - exponent > MOST_SUM_DIGITS) return undefined;
    const digits = sums.reduce(
      (total, one) => total + one.digits * 10n ** BigInt(one.exponent - exponent),
      0n,
    );
    return { digits, exponent };
  }
}

/** A quotient as a literal, and whether it is exact. */
export interface Quotient {
  readonly literal: string;
  readonly isExact: boolean;
}

/**
 * Divides by a count: exactly if the quotient ends within 20 digits more, otherwise rounded to 20 digits, halves away
 * from 0.
 *
 * @param count 1 or more
 * @example
 * divide({ digits: 5n, exponent: 0 }, 2); // { literal: "2.5", isExact: true }
 * divide({ digits: 2n, exponent: 0 }, 3); // { literal: "0.66666666666666666667", isExact: false }
 */
export function divide({ digits, exponent }: Decimal, count: number): Quotient {
  const divisor = BigInt(count);
  const dividend = digits * 10n ** BigInt(QUOTIENT_DIGITS);
  if (dividend % divisor === 0n)
    return {
      literal: toLiteral({ digits: dividend / divisor, exponent: exponent - QUOTIENT_DIGITS }),
      isExact: true,
    };
  const length = String(digits < 0n ? -digits : digits).length;
  const more = Math.max(0, QUOTIENT_DIGITS + String(count).length - length);
  const quotient = (digits * 10n ** BigInt(more)) / divisor;
  const extra = Math.max(0, String(quotient < 0n ? -quotient : quotient).length - QUOTIENT_DIGITS);
  const scale = divisor * 10n ** BigInt(extra);
  const half = digits < 0n ? -scale / 2n : scale / 2n;
  const rounded = (digits * 10n ** BigInt(more) + half) / scale;
  return { literal: toLiteral({ digits: rounded, exponent: exponent - more + extra }), isExact: false };
}
