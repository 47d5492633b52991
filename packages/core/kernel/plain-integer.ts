import { COMMA, MINUS, ZERO } from "./characters";
import { WINDOW } from "./layout";

/** An entry: the integer, with its sign bit turned around so that it orders as an unsigned one. */
export const INTEGER_ENTRY: usize = 4;
export const SIGN_BIT: u32 = 1 << 31;

const MAX_DIGITS: i32 = 10;

/**
 * Reads a 32-bit integer as JSON writes it, other than -0, that begins at `p`, and stores its entry. Returns where it
 * ends, or 0 for anything else.
 *
 * Such an integer has one literal only, so the literal need not be kept.
 */
@inline
export function readPlainInteger(p: usize, entry: usize): usize {
  const head = v128.load(p);
  const digitsOrLess = i8x16.sub(head, i8x16.splat(<i8>ZERO));
  const isNegative = u32(load<u8>(p) == MINUS);
  const q = p + isNegative;
  const guess = ctz(i8x16.bitmask(i8x16.le_u(head, i8x16.splat(<i8>COMMA))) | 0x1_0000);
  const digits = u32(i8x16.bitmask(i8x16.le_u(digitsOrLess, i8x16.splat(9)))) >> isNegative;

  let stop = p + guess;
  let count = guess - i32(isNegative);
  if (ctz(~digits) != count) {
    count = ctz(~digits);
    stop = q + count;
  }
  const first: u32 = load<u8>(q);
  if (count < 1 || count > MAX_DIGITS || (first == ZERO && (count > 1 || isNegative))) return 0;

  // The digits are moved to the end of 16 lanes; the window turned around clears those before them.
  const ones = v128.andnot(
    i8x16.sub(v128.load(q + count - 16), i8x16.splat(<i8>ZERO)),
    v128.load(WINDOW + count),
  );
  const pairs = i16x8.add(i16x8.mul(v128.and(ones, i16x8.splat(0xff)), i16x8.splat(10)), i16x8.shr_u(ones, 8));
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(fours, fours), i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  const both = <u64>i64x2.extract_lane(eights, 0);
  const value = (both & 0xffff_ffff) * 100_000_000 + (both >> 32);
  if (value > u64(i32.MAX_VALUE) + isNegative) return 0;
  store<u32>(entry, ((u32(value) ^ (0 - isNegative)) + isNegative) ^ SIGN_BIT);
  return stop;
}
