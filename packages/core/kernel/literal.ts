import { DOT, endOfDigits, endOfZeros, isDigit, isLetterE, MINUS, PLUS, ZERO } from "./characters";
import { SOURCE } from "./layout";
import { LENGTH_BITS, MAX_SHORT } from "./scan";

/** The literals of numbers, as the answer will show them, by their references. */
@inline
export function startOf(ref: u32): usize {
  return SOURCE + (ref >> LENGTH_BITS);
}

@inline
export function lengthOf(ref: u32): usize {
  return usize(ref & u32(MAX_SHORT)) || longLength(startOf(ref));
}

function longLength(start: usize): usize {
  let p = start;
  while (true) {
    p = endOfDigits(p);
    const code: u32 = load<u8>(p);
    if (code != DOT && code != MINUS && code != PLUS && !isLetterE(code)) return p - start;
    p += 1;
  }
}

/** What `takeApart` found. */
export let sign: i32 = 0;
export let firstDigit: usize = 0;
export let magnitude: i32 = 0;

/** Finds out sign, first significant digit and magnitude of a literal; for zero, the sign is 0. */
export function takeApart(ref: u32): void {
  let p = startOf(ref);
  sign = 1;
  if (load<u8>(p) == MINUS) {
    sign = -1;
    p += 1;
  }
  const integer = p;
  p = endOfDigits(p);
  const integerEnd = p;
  firstDigit = integer;
  magnitude = i32(integerEnd - integer);
  if (load<u8>(p) == DOT) {
    p = endOfDigits(p + 1);
  }
  if (load<u8>(integer) == ZERO) {
    firstDigit = endOfZeros(integerEnd + 1);
    if (firstDigit >= p) {
      sign = 0;
      return;
    }
    magnitude = -i32(firstDigit - integerEnd - 1);
  }
  if (isLetterE(load<u8>(p))) magnitude += exponentAt(p + 1);
}

function exponentAt(p: usize): i32 {
  const isNegative = load<u8>(p) == MINUS;
  if (!isDigit(load<u8>(p))) p += 1;
  let exponent: i32 = 0;
  for (; isDigit(load<u8>(p)); p += 1) exponent = exponent * 10 + i32(load<u8>(p) - ZERO);
  return isNegative ? -exponent : exponent;
}
