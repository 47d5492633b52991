import { DOT, isDigit, LOWER_E, MINUS, ZERO } from "./characters.ts";
import { Collector } from "./collector.ts";
import { collectValue, type NumberValue } from "./number-value.ts";
import type { SortOptions } from "./options.ts";

const ZERO_HEAD = 0x80;
const LEAST_HEAD = 0x81;
const GREATEST_HEAD = 0xff;
/** The head of a magnitude of 0. */
const MIDDLE_HEAD = 0xc0;
/** Magnitudes within ± this are in the head itself. */
const MAX_HEAD_MAGNITUDE = 62;
const MAGNITUDE_BIAS = 2 ** 31;
const FIRST_PAIR = 28;
const TURNED = 0xff;

/**
 * The order key of a number: bytes whose order, byte by byte and unsigned (`memcmp`, `Buffer.compare`), is the order of the
 * numbers. So whatever sorts bytes sorts numbers by it exactly: a BYTEA column in PostgreSQL, a BLOB in SQLite and DuckDB, as the
 * README shows.
 *
 * A number that is not zero is ±0.d₁d₂…dₙ × 10^magnitude with d₁ ≠ 0 and dₙ ≠ 0, in one way only. The key of a positive
 * one is a head, and then its digits in pairs:
 *
 * - The head is 0xc0 + magnitude where |magnitude| ≤ 62. Else it is 0x81 (below) or 0xff (above), and four bytes follow,
 *   which are magnitude + 2³¹, the most significant byte first.
 * - The pair dd' is the byte 28 + 2 × (10 d + d'), and 1 more if another pair follows. A last digit without a partner gets
 *   d' = 0.
 *
 * A negative number's key is its opposite's with each byte b turned to 255 − b. The key of zero is 0x80. For descending
 * order each byte of the key is turned once more.
 *
 * Why it orders as the numbers do:
 *
 * - *Sign.* Heads of positive numbers are 0x81 and more, so those of negative ones are 0x7e and less: zero lies between.
 * - *Magnitude.* Of two positive numbers with different magnitudes the one with the greater is greater, since d₁ ≠ 0. Its
 *   head is greater, or equal where both are 0x81 or both 0xff, and then the four bytes are an unsigned integer that
 *   decides.
 * - *Digits.* With the same magnitude, let the keys differ first in the bytes of a pair. If the pairs differ, so do the
 *   numbers, in the same way: the factor of 2 leaves no room for the 1 to change that. If the pairs are the same, one number
 *   ends there, and the other goes on, to a last digit that is not 0: it is greater, and its byte is by 1. (A missing
 *   partner counts as 0, which is what it is.)
 * - *Equality.* If no byte differs, then sign, magnitude and digits are the same, and so are the numbers; the other way
 *   round, the form above is unique.
 * - *Turning* bytes around turns the order around, as no key is the beginning of another: the last byte, and no other
 *   byte of a pair, is even before it is turned.
 *
 * No key being the beginning of another, anything may follow one, such as a row number. A beginning of two keys, however
 * short, never contradicts the whole. A key takes 1 byte for zero, 2 for small integers, 10 for 17 digits; in general
 * ⌈n / 2⌉ + 1, or + 5. Making one takes time linear in the literal's length.
 *
 * @param number a string holds one number, as loosely as in a document: `"+4"`, `".5"`, `"007"`
 * @throws {SortedError} NOT_A_NUMBER or EXPONENT_OUT_OF_RANGE
 * @example
 * Buffer.from(orderKey("9007199254740993")).toString("hex"); // "d0d12b43d589b12fd6"
 * Buffer.compare(orderKey("1e400"), orderKey("1e401")); // -1
 * Buffer.compare(orderKey("1.0"), orderKey(1)); // 0
 */
export function orderKey(
  number: NumberValue,
  { order = "asc" }: Pick<SortOptions, "order"> = {},
): Uint8Array<ArrayBuffer> {
  const collector = new Collector({});
  collectValue(number, collector);
  const literal = collector.table.literal(0);
  const key = new Uint8Array(maxOrderKeyBytes(literal.length));
  return key.slice(0, writeOrderKey(literal, 0, literal.length, key, 0, order));
}

/** How long the order key of a literal of so many characters can be. */
export function maxOrderKeyBytes(literalBytes: number): number {
  return 5 + Math.ceil(literalBytes / 2);
}

/**
 * Writes the order key of a literal as a sort writes it (JSON's notation), which is not checked, without making an object.
 *
 * @param start where the literal begins in `literals`; it ends before `end`
 * @param position where the key begins in `keys`
 * @returns where the key ends
 */
export function writeOrderKey(
  literals: Uint8Array,
  start: number,
  end: number,
  keys: Uint8Array,
  position: number,
  order: "asc" | "desc" = "asc",
): number {
  const at = (place: number) => Number(literals[place]);
  const isNegative = at(start) === MINUS;
  const turn = isNegative !== (order === "desc") ? TURNED : 0;
  const zeroTurn = order === "desc" ? TURNED : 0;

  let first = start + Number(isNegative);
  let magnitude = 0;
  if (at(first) === ZERO) {
    first += 1;
    if (at(first) === DOT && first < end) first += 1;
    for (; first < end && at(first) === ZERO; first += 1) magnitude -= 1;
    if (first === end || !isDigit(at(first))) {
      keys[position] = ZERO_HEAD ^ zeroTurn;
      return position + 1;
    }
  }
  const isFraction = first > start + Number(isNegative);
  let lastEnd = first;
  let place = first;
  let seenDot = isFraction;
  for (; place < end; place += 1) {
    const code = at(place);
    if (code === DOT) {
      seenDot = true;
      continue;
    }
    if (!isDigit(code)) break;
    if (!seenDot) magnitude += 1;
    if (code !== ZERO) lastEnd = place + 1;
  }
  if (place < end && (at(place) | 0x20) === LOWER_E) magnitude += exponentAt(literals, place + 1, end);

  let out = writeHead(magnitude, turn, keys, position);
  for (place = first; place < lastEnd; ) {
    if (at(place) === DOT) place += 1;
    let pair = (at(place) - ZERO) * 10;
    place += 1;
    if (place < lastEnd && at(place) === DOT) place += 1;
    if (place < lastEnd) {
      pair += at(place) - ZERO;
      place += 1;
    }
    keys[out] = (FIRST_PAIR + 2 * pair + Number(place < lastEnd)) ^ turn;
    out += 1;
  }
  return out;
}

function exponentAt(literals: Uint8Array, start: number, end: number): number {
  const sign = Number(literals[start]) === MINUS ? -1 : 1;
  let exponent = 0;
  for (let place = isDigit(Number(literals[start])) ? start : start + 1; place < end; place += 1)
    exponent = exponent * 10 + Number(literals[place]) - ZERO;
  return sign * exponent;
}

function writeHead(magnitude: number, turn: number, keys: Uint8Array, position: number): number {
  if (Math.abs(magnitude) <= MAX_HEAD_MAGNITUDE) {
    keys[position] = (MIDDLE_HEAD + magnitude) ^ turn;
    return position + 1;
  }
  keys[position] = (magnitude < 0 ? LEAST_HEAD : GREATEST_HEAD) ^ turn;
  const biased = magnitude + MAGNITUDE_BIAS;
  for (let i = 1; i <= 4; i += 1) keys[position + i] = ((biased / 2 ** (32 - 8 * i)) & 0xff) ^ turn;
  return position + 5;
}
