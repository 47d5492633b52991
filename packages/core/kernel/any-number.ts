import {
  CASE_BIT,
  COMMA,
  DOT,
  endOfDigits,
  endOfZeros,
  isDigit,
  isLetterE,
  LOWER_D,
  LOWER_E,
  MINUS,
  PLUS,
  ZERO,
} from "./characters";
import { hasDecimalComma } from "./form";
import { CLAMPED, KEY_DIGITS, makeClampedKey, makeKey, MAX_MAGNITUDE } from "./key";
import { takeFromArena } from "./layout";
import { storeEntry } from "./plain-decimal";
import { isOutOfReach, longest, reference, setLongest } from "./scan";

const MAX_EXPONENT: i32 = 999_999_999;

/**
 * Reads any number that begins at `p`, and stores its entry. Returns where it ends, or 0 where there is none.
 *
 * @param isStrict whether only JSON's notation counts, or that of the string forms,
 *   `[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?`, with a decimal comma where the form has it
 */
export function readAnyNumber(p: usize, entry: usize, isStrict: bool): usize {
  const start = p;
  const sign: u32 = load<u8>(p);
  const isNegative = sign == MINUS;
  const hasPlus = sign == PLUS && !isStrict;
  if (isNegative || hasPlus) p += 1;

  const integer = p;
  const integerEnd = endOfDigits(integer);
  const hasInteger = integerEnd > integer;
  let first = endOfZeros(integer);
  const hasLeadingZero = hasInteger && first > integer && integerEnd > integer + 1;
  if (isStrict && (!hasInteger || hasLeadingZero)) return 0;
  const integerDigits = i32(integerEnd - first);

  const hasComma = hasDecimalComma && !isStrict;
  const hasDot = load<u8>(integerEnd) == (hasComma ? COMMA : DOT);
  const fraction = integerEnd + usize(hasDot);
  const fractionEnd = hasDot ? endOfDigits(fraction) : integerEnd;
  const hasFraction = fractionEnd > fraction;
  if (!hasFraction && (!hasInteger || (hasDot && isStrict))) return 0;

  const hasFortranExponent = !isStrict && (load<u8>(fractionEnd) | CASE_BIT) == LOWER_D;
  const stop = endOfExponent(fractionEnd, hasFortranExponent);
  if (stop == 0) return 0;

  let magnitude = integerDigits;
  if (integerDigits == 0) {
    first = endOfZeros(fraction);
    magnitude = -i32(first - fraction);
  }
  const isZero = first >= fractionEnd;
  const key = keyOf(isNegative, isZero, magnitude + exponent, first, fractionEnd);

  let ref = reference(start, stop);
  const isRewritten = hasPlus || hasLeadingZero || !hasInteger || (hasDot && (hasComma || !hasFraction));
  if (isRewritten || hasFortranExponent) {
    // One character more than before at most, and what ends it.
    const literal = takeFromArena(stop - start + 2);
    if (isOutOfReach()) return 0;
    let out = literal;
    if (isNegative) out = append(out, MINUS);
    if (integerDigits > 0) out = copy(out, first, integerEnd);
    else out = append(out, ZERO);
    if (hasFraction) out = copy(append(out, DOT), fraction, fractionEnd);
    const exponentStart = out;
    out = copy(out, fractionEnd, stop);
    if (hasFortranExponent) store<u8>(exponentStart, LOWER_E);
    store<u8>(out, 0);
    ref = reference(literal, out);
  }
  storeEntry(entry, ref, key);
  return stop;
}

let exponent: i32 = 0;

/** Reads the exponent, if there is one at `p`; returns where it ends, or 0 where it has no digits or is out of range. */
function endOfExponent(p: usize, isFortran: bool): usize {
  exponent = 0;
  if (!isFortran && !isLetterE(load<u8>(p))) return p;
  p += 1;
  const sign: u32 = load<u8>(p);
  if (sign == MINUS || sign == PLUS) p += 1;
  if (!isDigit(load<u8>(p))) return 0;
  for (; isDigit(load<u8>(p)); p += 1) {
    const longer = i64(exponent) * 10 + i64(load<u8>(p) - ZERO);
    if (longer > MAX_EXPONENT) return 0;
    exponent = i32(longer);
  }
  if (sign == MINUS) exponent = -exponent;
  return p;
}

/** @param first its first significant digit */
function keyOf(isNegative: bool, isZero: bool, magnitude: i32, first: usize, fractionEnd: usize): u64 {
  if (isZero) return makeKey(0, true, 0, 0);
  if (magnitude > MAX_MAGNITUDE || magnitude < -MAX_MAGNITUDE) {
    setLongest(CLAMPED);
    return makeClampedKey(isNegative, magnitude);
  }
  let digits: u64 = 0;
  let count: i32 = 0;
  let p = first;
  for (; p < fractionEnd && count < KEY_DIGITS; p += 1) {
    if (!isDigit(load<u8>(p))) continue;
    digits = digits * 10 + u64(load<u8>(p) - ZERO);
    count += 1;
  }
  // A dot that is still to come counts as a digit: one more at most, which only costs a needless comparison.
  setLongest(max(longest, count + i32(fractionEnd - p)));
  for (; count < KEY_DIGITS; count += 1) digits *= 10;
  return makeKey(isNegative, false, magnitude, digits);
}

function append(out: usize, character: u32): usize {
  store<u8>(out, character);
  return out + 1;
}

function copy(out: usize, start: usize, stop: usize): usize {
  memory.copy(out, start, stop - start);
  return out + (stop - start);
}
