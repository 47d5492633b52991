/** More digits than this don't show in a picture. */
const MOST_DIGITS = 400;
/** The largest exponent that a literal may have. */
export const LARGEST_EXPONENT = 999_999_999;

/** A number as its digits and a power of ten: digits × 10^exponent. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/**
 * Reads a JSON literal. Of a long one it takes the first 400 significant digits, so the result is exact or nearer to 0.
 *
 * @example
 * toDecimal("-1.50e3"); // { digits: -150n, exponent: 1 }
 */
export function toDecimal(literal: string): Decimal {
  const [mantissa = "", power = "0"] = literal.toLowerCase().split("e");
  const sign = mantissa.startsWith("-") ? -1n : 1n;
  const [whole = "", fraction = ""] = mantissa.replace(/^[+-]/, "").split(".");
  const significant = (whole + fraction).replace(/^0+/, "");
  if (significant === "") return { digits: 0n, exponent: 0 };
  const kept = significant.slice(0, MOST_DIGITS);
  return {
    digits: sign * BigInt(kept),
    exponent: Number(power) - fraction.length + (significant.length - kept.length),
  };
}

/**
 * The power of ten of a number's magnitude, with its fraction: log₁₀|x|. It works for every exponent. −Infinity for 0.
 */
export function magnitude({ digits, exponent }: Decimal): number {
  const text = String(digits < 0n ? -digits : digits);
  return Math.log10(Number(`${text[0]}.${text.slice(1, 17)}`)) + exponent + text.length - 1;
}

/** How many times 10^exponent fits into a number, rounded down. */
export function floorTo(exponent: number, { digits, exponent: own }: Decimal): bigint {
  if (own >= exponent) return digits * 10n ** BigInt(own - exponent);
  // So small that only the sign is left.
  if (exponent - own > 2 * MOST_DIGITS) return digits < 0n ? -1n : 0n;
  return floorDivide(digits, 10n ** BigInt(exponent - own));
}

/** Division that rounds down. JavaScript's rounds towards 0. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

/**
 * A literal for digits × 10^exponent, without an exponent if that is not long.
 *
 * @example
 * toLiteral({ digits: 25n, exponent: -1 }); // "2.5"
 * toLiteral({ digits: 1n, exponent: 30 }); // "1e30"
 */
export function toLiteral({ digits, exponent }: Decimal): string {
  if (digits === 0n) return "0";
  const sign = digits < 0n ? "-" : "";
  const significant = String(digits < 0n ? -digits : digits).replace(/0+$/, "");
  const zeros = String(digits).length - sign.length - significant.length;
  const power = exponent + zeros;
  if (power >= 0 && power <= 6) return sign + significant + "0".repeat(power);
  if (power < 0 && power >= -20 && significant.length + power > -6) {
    const padded = significant.padStart(1 - power, "0");
    return `${sign}${padded.slice(0, power)}.${padded.slice(power)}`;
  }
  return sign + scientific(significant, power + significant.length - 1);
}

/**
 * The literal of d.dd… × 10^power. If the power is beyond the exponents of a literal, the digits make up for it.
 *
 * @param digits the first one is before the point
 * @example
 * scientific("25", 30); // "2.5e30"
 * scientific("25", 1_000_000_000); // "25e999999999"
 */
export function scientific(digits: string, power: number): string {
  const written = Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, power));
  const wholeLength = 1 + power - written;
  const padded = wholeLength < 1 ? "0".repeat(1 - wholeLength) + digits : digits.padEnd(wholeLength, "0");
  const point = Math.max(1, wholeLength);
  const fraction = padded.slice(point);
  return `${padded.slice(0, point)}${fraction && "."}${fraction}e${written}`;
}
