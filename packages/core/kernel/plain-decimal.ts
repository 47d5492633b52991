import { COMMA, DOT, isDigit, isLetterE, MINUS, PLUS, ZERO } from "./characters";
import { makeKey } from "./key";
import {
  digitsIn,
  DOTS,
  firstLanes,
  lanesBefore,
  LOW_BYTES,
  TO_EIGHTS,
  TO_FOURS,
  TO_PAIRS,
  ZEROS,
} from "./constants";
import { SOURCE } from "./layout";
import { flip, LENGTH_BITS, longest, MAX_SHORT, setLongest } from "./scan";

/** An entry: the literal's reference (32 bits), then the key (64 bits). */
export const DECIMAL_ENTRY: usize = 12;
export const KEY_OFFSET: usize = 4;

@inline
export function storeEntry(entry: usize, ref: u32, key: u64): void {
  store<u32>(entry, ref);
  store<u64>(entry, key ^ flip, KEY_OFFSET);
}

/** More digits than that make an exponent that `any-number.ts` reads; so many never leave the field of the magnitude. */
const MAX_EXPONENT_DIGITS: usize = 3;

/** Set where the first significant digit is among the last 16 characters; 32 means that there is none. */
const TAIL_BIT: u32 = 16;
const TOO_LONG_BIT: u32 = 32;

/**
 * Reads a number as RFC 8259 has it, in at most 31 characters, that begins at `p`, where a digit or a minus must be, and
 * stores its entry. Returns where it ends, or 0 for anything else, which may be a number all the same.
 *
 * Bit i of each mask is the character at p + i. There is no branch on a length, sign, dot or zero, which no predictor
 * could foresee, and little stands between the characters and the end of the number, so that the processor can take the
 * next one apart at the same time.
 */
@inline
export function readPlainDecimal(p: usize, entry: usize): usize {
  const head = v128.load(p);
  const digits = digitsIn(head) | (digitsIn(v128.load(p, 16)) << 16);
  const dots = u32(i8x16.bitmask(i8x16.eq(head, v128.load(DOTS))));
  const zeros = u32(i8x16.bitmask(i8x16.eq(head, v128.load(ZEROS))));

  const isNegative = (digits & 1) ^ 1;
  const nonDigits = ~(digits | 1);
  const integerEnd = ctz(nonDigits);
  // The first character that is not a digit may be a dot. The next one that is not a digit ends the number.
  const dot = nonDigits & (0 - nonDigits) & dots;
  const others = nonDigits ^ dot;
  const length = ctz(others);
  let stop = p + length;
  const significant = digits & ~zeros & (others ^ (others - 1));
  const first = ctz(significant);

  const isDotLast = (dot << 1) & others;
  // With no digit before the dot, too, the first significant one is not the first character.
  const isLeadingZero = first != isNegative ? integerEnd - isNegative - 1 : 0;
  // Beyond the head, a zero was not seen as one.
  const isFirstInTail = first & TAIL_BIT;
  const isTooLong = length & TOO_LONG_BIT;
  if (isDotLast | isLeadingZero | isFirstInTail | isTooLong) return 0;

  let exponent: i32 = 0;
  const after: u32 = load<u8>(stop);
  // Most numbers are followed by another one.
  if (after != COMMA) {
    if (isLetterE(after)) {
      stop += 1;
      const sign: u32 = load<u8>(stop);
      if (sign == MINUS || sign == PLUS) stop += 1;
      const start = stop;
      for (; isDigit(load<u8>(stop)); stop += 1) exponent = exponent * 10 + i32(load<u8>(stop) - ZERO);
      if (stop == start || stop - start > MAX_EXPONENT_DIGITS || stop - p > MAX_SHORT) return 0;
      if (sign == MINUS) exponent = -exponent;
    } else if (after == DOT) {
      // A second one, or one beyond the head.
      return 0;
    }
  }

  // The first significant digit stands after the dot if the integer is 0.
  const isFraction = u32(first > integerEnd);
  const magnitude = i32(integerEnd - first) + i32(isFraction) + exponent;
  // Of 0 this is negative, and no digit is looked at.
  const count = i32(length - first - popcnt(dot) + isFraction);
  const value = firstDigits(p + first, integerEnd - first, count);
  if (count > longest) setLongest(count);
  storeEntry(
    entry,
    (u32(p - SOURCE) << LENGTH_BITS) | u32(stop - p),
    makeKey(isNegative, significant == 0, magnitude, value),
  );
  return stop;
}

/**
 * The first 15 digits from `p` as an integer, 0 standing for each beyond `count`, with the character at position `dot`,
 * if that is among them, left out: the digits after it come from a second load, a byte further.
 */
@inline
function firstDigits(p: usize, dot: u32, count: i32): u64 {
  const characters = v128.bitselect(v128.load(p), v128.load(p, 1), lanesBefore(dot));
  const ones = v128.and(i8x16.sub(characters, v128.load(ZEROS)), firstLanes(count));
  // Neighbours are put together: to pairs in 8 lanes, to fours in 4, to eights in 2; the last lane has one digit less.
  const pairs = i16x8.add(
    i16x8.mul(v128.and(ones, v128.load(LOW_BYTES)), v128.load(TO_PAIRS)),
    i16x8.shr_u(ones, 8),
  );
  const fours = i32x4.dot_i16x8_s(pairs, v128.load(TO_FOURS));
  const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(fours, fours), v128.load(TO_EIGHTS));
  const both = <u64>i64x2.extract_lane(eights, 0);
  return (both & 0xffff_ffff) * 10_000_000 + (both >> 32);
}
