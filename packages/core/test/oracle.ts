/**
 * What the contract says about numbers, said once more and otherwise: by regular expressions and BigInt arithmetic, with
 * nothing of the sources.
 */
import type { SortOptions } from "../src/index.ts";

/** `integer` × 10^`exponent`. */
interface Decimal {
  readonly integer: bigint;
  readonly exponent: number;
}

const LOOSE_NUMBER = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:[eE]([+-]?\d+))?$/;

function decimal(literal: string): Decimal {
  const match = LOOSE_NUMBER.exec(literal);
  if (match === null) throw new Error(`the oracle was asked about ${literal}`);
  const [, sign, integer = "", fraction = "", bareFraction = "", exponent = "0"] = match;
  const places = fraction + bareFraction;
  const digits = BigInt(integer + places);
  return { integer: sign === "-" ? -digits : digits, exponent: Number(exponent) - places.length };
}

const digitCount = (integer: bigint) => String(integer < 0n ? -integer : integer).length;

/** Both at the same scale, compared as integers; at once where their sizes alone decide. */
export function compare(a: string, b: string): -1 | 0 | 1 {
  const left = decimal(a);
  const right = decimal(b);
  const [leftSign, rightSign] = [signOf(left.integer), signOf(right.integer)];
  if (leftSign !== rightSign) return leftSign < rightSign ? -1 : 1;
  if (leftSign === 0) return 0;
  const difference = digitCount(left.integer) + left.exponent - (digitCount(right.integer) + right.exponent);
  if (difference !== 0) return difference > 0 ? leftSign : leftSign === 1 ? -1 : 1;
  const scale = Math.min(left.exponent, right.exponent);
  return signOf(
    left.integer * 10n ** BigInt(left.exponent - scale) -
      right.integer * 10n ** BigInt(right.exponent - scale),
  );
}

function signOf(integer: bigint): -1 | 0 | 1 {
  return integer < 0n ? -1 : integer > 0n ? 1 : 0;
}

/** What a number that was sent looks like when it comes back. */
function canonical(literal: string): string {
  return literal
    .replace(/^\+/, "")
    .replace(/^(-?)\./, "$10.")
    .replace(/^(-?)0+(?=\d)/, "$1")
    .replace(/\.(?!\d)/, "");
}

/** The answer to numbers that were sent in this order. */
export function answer(sent: readonly string[], { order, unique, limit }: SortOptions = {}): string[] {
  const sorted = insertionSort(sent, order === "desc" ? (a, b) => compare(b, a) : compare);
  const kept = unique
    ? sorted.filter((one, i) => sorted.findIndex((it) => compare(it, one) === 0) === i)
    : sorted;
  return kept.slice(0, limit).map(canonical);
}

/** Stable by construction: each goes behind all that are not greater. */
function insertionSort(numbers: readonly string[], order: (a: string, b: string) => number): string[] {
  const sorted: string[] = [];
  for (const number of numbers) {
    const place = sorted.findIndex((other) => order(other, number) > 0);
    sorted.splice(place < 0 ? sorted.length : place, 0, number);
  }
  return sorted;
}
