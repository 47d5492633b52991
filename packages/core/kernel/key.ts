/**
 * The key of a number: 64 bits that order as the numbers do, as far as they go.
 *
 * A number that is not zero is ±0.d₁d₂d₃… × 10^magnitude with d₁ ≠ 0. Of two positive ones the greater magnitude is
 * greater, since d₁ ≠ 0; of equal magnitude, the one with the greater digits. So this orders positive numbers:
 *
 *      63  62           50 49                                    0
 *     ┌───┬───────────────┬───────────────────────────────────────┐
 *     │ 1 │ magnitude + M │ d₁d₂…d₁₅ as an integer < 10¹⁵ < 2⁵⁰  │
 *     └───┴───────────────┴───────────────────────────────────────┘
 *
 * A negative number has all bits of its opposite turned around, which turns the order around and puts it below every
 * positive one. Zero, whatever its sign and exponent, is the sign bit alone: since the field of the magnitude is never
 * 0 in a number that is not zero, that is below each positive key and above each negative one.
 *
 * Two things are lost, and then equal keys are compared again, digit by digit (`ties.ts`): digits after the 15th, and
 * magnitudes that the field can't hold. Those all take its first or last value, with no digits, so they are still below
 * or above all others.
 *
 * 15 digits leave 13 bits to the magnitude, which hold every double's. With a field of 9 bits,
 * doubles spread evenly over the exponents from -300 to 300 took 501 ns per number; `JSON.parse`, sort and `JSON.stringify`
 * took 357.
 */
export const SIGN: u64 = 1 << 63;
export const DIGITS_BITS: u64 = 50;
export const DIGITS_MASK: u64 = (1 << DIGITS_BITS) - 1;
export const KEY_DIGITS: i32 = 15;

/** What stands for a magnitude of 0. */
const MIDDLE: i32 = 4096;
const LEAST_FIELD: i32 = 1;
const GREATEST_FIELD: i32 = 8191;

/** Magnitudes beyond ± this have no key of their own. */
export const MAX_MAGNITUDE: i32 = GREATEST_FIELD - MIDDLE - 1;

/** The key of a number whose magnitude the field holds; `isZero` and `isNegative` are 0 or 1. */
@inline
export function makeKey(isNegative: u32, isZero: bool, magnitude: i32, digits: u64): u64 {
  const positive = SIGN | (u64(magnitude + MIDDLE) << DIGITS_BITS) | digits;
  const signed = positive ^ (0 - u64(isNegative));
  return isZero ? SIGN : signed;
}

/** The key of a number whose magnitude the field can't hold. */
export function makeClampedKey(isNegative: u32, magnitude: i32): u64 {
  const field = magnitude < 0 ? LEAST_FIELD : GREATEST_FIELD;
  return makeKey(isNegative, false, field - MIDDLE, 0);
}

/** Whether a key was made by `makeClampedKey`. */
export function isClamped(key: u64): bool {
  const positive = key & SIGN ? key : ~key;
  const field = i32((positive & ~SIGN) >> DIGITS_BITS);
  return field == LEAST_FIELD || field == GREATEST_FIELD;
}

/** How many digits a number with a clamped key is said to have: more than any key can hold. */
export const CLAMPED: i32 = i32.MAX_VALUE;
