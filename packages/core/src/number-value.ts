import { Collector } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import { readNumber } from "./number.ts";
import { END, StringReader, skipWhiteSpace, unexpected } from "./reader.ts";

/** One number as a JavaScript value: a string holds one number in the notation of the string forms. */
export type NumberValue = number | bigint | string;

/** One number with at most 8 digits in its exponent: such an exponent is always in range. */
const NUMBER = /^[ \t\n\r]*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,8})?[ \t\n\r]*$/;

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
  if (typeof value === "string" && NUMBER.test(value)) return Number(value);
  collectValue(value, new Collector({}));
  return Number(value);
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
