import { DOT, isLetterE, isDigit, MINUS, PLUS, COMMA, ZERO } from "./characters";
import { KEY_DIGITS, makeKey, MAX_MAGNITUDE } from "./key";
import { WINDOW } from "./layout";
import { flip, longest, MAX_SHORT, reference, setLongest } from "./scan";

/** An entry: the literal's reference (32 bits), then the key (64 bits). */
export const DECIMAL_ENTRY: usize = 12;
export const KEY_OFFSET: usize = 4;

@inline
export function storeEntry(entry: usize, ref: u32, key: u64): void {
  store<u32>(entry, ref);
  store<u64>(entry, key ^ flip, KEY_OFFSET);
}

/** More digits than that make an exponent that `any-number.ts` reads. */
const MAX_EXPONENT_DIGITS: usize = 4;

/**
 * Reads a number as RFC 8259 has it, in at most 31 characters, that begins at `p`, and stores its entry. Returns where
 * it ends, or 0 for anything else, which may be a number all the same.
 *
 * What it takes for the token's end, the first byte up to a comma in ASCII, is only a guess: but the processor can go
 * on to the next token from there while this one is still being taken apart, and there is no branch on a length, sign
 * or dot, which no predictor could foresee.
 */
@inline
export function readPlainDecimal(p: usize, entry: usize): usize {
  const head = v128.load(p);
  const tail = v128.load(p, 16);
  const comma = i8x16.splat(<i8>COMMA);
  const guess = ctz(i8x16.bitmask(i8x16.le_u(head, comma)) | (i8x16.bitmask(i8x16.le_u(tail, comma)) << 16));
  if (guess > i32(MAX_SHORT)) return 0;

  // From here on bit i, and position i, is the character at q + i: behind the sign.
  const isNegative = u32(load<u8>(p) == MINUS);
  const q = p + isNegative;
  const length = u32(guess) - isNegative;
  const beyond = u32(1) << length;
  const zero = i8x16.splat(<i8>ZERO);
  const nine = i8x16.splat(9);
  const digits =
    u32(
      i8x16.bitmask(i8x16.le_u(i8x16.sub(head, zero), nine)) |
        (i8x16.bitmask(i8x16.le_u(i8x16.sub(tail, zero), nine)) << 16),
    ) >> isNegative;
  const zeros = u32(i8x16.bitmask(i8x16.eq(head, zero)) | (i8x16.bitmask(i8x16.eq(tail, zero)) << 16)) >> isNegative;
  const others = (~digits & (beyond - 1)) | beyond;
  const integerEnd = ctz(others);
  const hasDot = u32(load<u8>(q + integerEnd) == DOT);
  const digitsEnd = ctz(others & ~(hasDot << integerEnd));
  const isMalformed =
    u32(integerEnd == 0) | (zeros & 1 & u32(integerEnd > 1)) | (hasDot & u32(digitsEnd == integerEnd + 1));

  let stop = p + guess;
  let exponent: i32 = 0;
  if (isMalformed | u32(digitsEnd != length)) {
    if (isMalformed || digitsEnd == 32) return 0;
    stop = q + digitsEnd;
    if (isLetterE(load<u8>(stop))) {
      stop += 1;
      const sign: u32 = load<u8>(stop);
      if (sign == MINUS || sign == PLUS) stop += 1;
      const start = stop;
      for (; isDigit(load<u8>(stop)); stop += 1) exponent = exponent * 10 + i32(load<u8>(stop) - ZERO);
      if (stop == start || stop - start > MAX_EXPONENT_DIGITS) return 0;
      if (sign == MINUS) exponent = -exponent;
    }
  }

  // The first significant digit stands behind the dot where the integer is 0.
  const significant = digits & ~zeros & ((u32(1) << digitsEnd) - 1);
  const isZero = significant == 0;
  const first = ctz(significant);
  const isFraction = u32(first > integerEnd);
  const magnitude = i32(integerEnd) - i32(first) + i32(isFraction) + exponent;
  const count = i32(digitsEnd) - i32(first) - i32(hasDot & (isFraction ^ 1));
  if (exponent != 0 && (magnitude > MAX_MAGNITUDE || magnitude < -MAX_MAGNITUDE) && !isZero) return 0;

  const dot = isFraction ? 16 : min<i32>(i32(integerEnd - first), 16);
  const value = firstDigits(q + first, dot, isZero ? 0 : min(count, KEY_DIGITS));
  if (count > longest && !isZero) setLongest(count);
  storeEntry(entry, reference(p, stop), makeKey(isNegative, isZero, magnitude, value));
  return stop;
}

/**
 * The first 15 digits from `p` as an integer, 0 standing for each beyond `count`, with the character at position `dot`
 * left out: the digits behind it come from a second load, a byte further.
 */
@inline
function firstDigits(p: usize, dot: i32, count: i32): u64 {
  const characters = v128.bitselect(v128.load(p), v128.load(p, 1), firstLanes(dot));
  const ones = v128.and(i8x16.sub(characters, i8x16.splat(<i8>ZERO)), firstLanes(count));
  // Neighbours are put together: to pairs in 8 lanes, to fours in 4, to eights in 2; the last lane has one digit less.
  const pairs = i16x8.add(
    i16x8.mul(v128.and(ones, i16x8.splat(0xff)), i16x8(10, 10, 10, 10, 10, 10, 10, 1)),
    i16x8.shr_u(ones, 8),
  );
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 10, 1));
  const eights = i32x4.dot_i16x8_s(
    i16x8.narrow_i32x4_u(fours, fours),
    i16x8(10000, 1, 1000, 1, 10000, 1, 1000, 1),
  );
  const both = <u64>i64x2.extract_lane(eights, 0);
  return (both & 0xffff_ffff) * 10_000_000 + (both >> 32);
}

/** All ones in the first `count` lanes. */
@inline
function firstLanes(count: i32): v128 {
  return v128.load(WINDOW + 16 - count);
}
