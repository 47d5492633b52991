import { MINUS, ZERO } from "./characters";
import { digitsIn, HUNDREDS, lanesBefore, LOW_BYTES, TEN_THOUSANDS, TENS, ZEROS } from "./constants";

/** An entry: the integer, with its sign bit turned around so that it orders as an unsigned one. */
export const INTEGER_ENTRY: usize = 4;
export const SIGN_BIT: u32 = 1 << 31;

const MAX_DIGITS: u32 = 10;

/**
 * Reads a 32-bit integer as JSON writes it, other than -0, that begins at `p`, and stores its entry. Returns where it
 * ends, or 0 for anything else.
 *
 * Such an integer has one literal only, so the literal need not be kept.
 */
@inline
export function readPlainInteger(p: usize, entry: usize): usize {
  const isNegative = u32(load<u8>(p) == MINUS);
  const others = ~(digitsIn(v128.load(p)) | isNegative);
  const length = ctz(others);
  const stop = p + length;
  const q = p + isNegative;
  const count = length - isNegative;
  const hasZero = u32(load<u8>(q) == ZERO) & u32(length > 1);
  if (hasZero | u32(count - 1 >= MAX_DIGITS)) return 0;

  // The digits are moved to the end of 16 lanes, of which those before them are cleared.
  const ones = v128.andnot(i8x16.sub(v128.load(stop - 16), v128.load(ZEROS)), lanesBefore(16 - count));
  const pairs = i16x8.add(
    i16x8.mul(v128.and(ones, v128.load(LOW_BYTES)), v128.load(TENS)),
    i16x8.shr_u(ones, 8),
  );
  const fours = i32x4.dot_i16x8_s(pairs, v128.load(HUNDREDS));
  const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(fours, fours), v128.load(TEN_THOUSANDS));
  const both = <u64>i64x2.extract_lane(eights, 0);
  const value = (both & 0xffff_ffff) * 100_000_000 + (both >> 32);
  if (value > u64(i32.MAX_VALUE) + isNegative) return 0;
  store<u32>(entry, ((u32(value) ^ (0 - isNegative)) + isNegative) ^ SIGN_BIT);
  return stop;
}
