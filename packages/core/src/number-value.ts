import { DOT, isDigit, MINUS, ZERO } from "./characters.ts";
import { Collector } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import { readNumber } from "./number.ts";
import { END, StringReader, skipWhiteSpace, unexpected } from "./reader.ts";

/** One number as a JavaScript value: a string holds one number in the notation of the string forms. */
export type NumberValue = number | bigint | string;

/** One number with at most 8 digits in its exponent: such an exponent is always in range. */
const NUMBER = /^[ \t\n\r]*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,8})?[ \t\n\r]*$/;

/** Whole numbers of up to so many digits are doubles, and so are the powers of ten up to this one. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) =>
  Number(`1e${exponent}`),
);

/**
 * The double nearest to a value; ±Infinity where that is nearest. Rounding is monotonic: of two values the smaller one
 * never has the greater double. A JavaScript number is the decimal that `String` prints for it, and is its own double.
 *
 * @throws {SortedError} NOT_A_NUMBER for anything but a number: NaN, Infinity, a list in a string, true, null, …;
 * EXPONENT_OUT_OF_RANGE
 */
export function nearestDouble(value: unknown): number {
  if (typeof value === "number" && value - value === 0) return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string") {
    const double = plainDecimal(value);
    if (double !== undefined) return double;
    if (NUMBER.test(value)) return Number(value);
  }
  collectValue(value, new Collector({}));
  return Number(value);
}

/**
 * The double nearest to a short decimal without an exponent, sooner than by `NUMBER` and `Number`. Its
 * digits as a whole number and the power of ten are doubles, so their quotient is rounded once.
 *
 * @returns undefined for any other text
 */
function plainDecimal(text: string): number | undefined {
  // With a sign and a point.
  if (text.length > EXACT_DIGITS + 2) return undefined;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let digits = 0;
  let decimals = 0;
  let whole = 0;
  let hasPoint = false;
  for (let i = start; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) {
      whole = whole * 10 + code - ZERO;
      digits += 1;
      if (hasPoint) decimals += 1;
    } else if (code === DOT && !hasPoint) hasPoint = true;
    else return undefined;
  }
  if (digits === 0 || digits > EXACT_DIGITS) return undefined;
  const magnitude = whole / (POWERS_OF_TEN[decimals] as number);
  return start === 1 ? -magnitude : magnitude;
}

/**
 * Collects the literal of one value, to compare it exactly.
 *
 * @throws {SortedError} as `nearestDouble`
 */
export function collectValue(value: unknown, collector: Collector): asserts value is NumberValue {
  if (typeof value !== "string" && typeof value !== "bigint" && !Number.isFinite(value)) {
    throw new SortedError("NOT_A_NUMBER", `expected a number, found ${describe(value)}`);
  }
  const reader = new StringReader(String(value));
  try {
    skipWhiteSpace(reader);
    readNumber(reader, collector, "loose");
    skipWhiteSpace(reader);
    if (reader.code !== END) throw unexpected(reader, "NOT_A_NUMBER", "the end of the string");
  } catch (error) {
    // An offset into one of many values says less than the pointer to the value, which the caller adds.
    throw withPlace(error, () => ({}));
  }
}

/** What a value is, for a message: an object is named by its constructor. */
export function describe(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object" || value === null) return String(value);
  const name = typeof value.constructor === "function" ? value.constructor.name : "";
  return name === "" || name === "Object" ? "an object" : `an object of class ${name}`;
}
