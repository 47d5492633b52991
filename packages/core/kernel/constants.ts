import { DOT, ZERO } from "./characters";
import { KEY_DIGITS } from "./key";
import { CONSTANTS } from "./layout";

/** Vectors that the scan needs all the time: to load one from memory takes less than to make it anew each time. */
export const ZEROS: usize = CONSTANTS;
export const NINES: usize = CONSTANTS + 16;
export const DOTS: usize = CONSTANTS + 32;
export const LOW_BYTES: usize = CONSTANTS + 48;
/** What digits are multiplied with when 15 of them become a number: `plain-decimal.ts` says how. */
export const TO_PAIRS: usize = CONSTANTS + 64;
export const TO_FOURS: usize = CONSTANTS + 80;
export const TO_EIGHTS: usize = CONSTANTS + 96;

/** The same for all 16. */
export const TENS: usize = CONSTANTS + 112;
export const HUNDREDS: usize = CONSTANTS + 128;
export const TEN_THOUSANDS: usize = CONSTANTS + 144;

/** For each position of a dot, and each count of digits, 16 lanes of ones or zeros. */
const BEFORE: usize = CONSTANTS + 160;
const POSITIONS: u32 = 64;
const FIRST: usize = BEFORE + 16 * POSITIONS;

/** All ones in the lanes before this position; in all lanes where it is not one of them, also where it is negative. */
@inline
export function lanesBefore(position: u32): v128 {
  return v128.load(BEFORE + ((position & (POSITIONS - 1)) << 4));
}

/** All ones in the first `count` lanes, but never in the last, which has no place in a key. */
@inline
export function firstLanes(count: i32): v128 {
  return v128.load(FIRST + ((u32(count) & (POSITIONS - 1)) << 4));
}

/** Which characters are digits: bit i for the one in lane i. */
@inline
export function digitsIn(characters: v128): u32 {
  return i8x16.bitmask(i8x16.le_u(i8x16.sub(characters, v128.load(ZEROS)), v128.load(NINES)));
}

export function storeConstants(): void {
  for (let i: u32 = 0; i < POSITIONS; i += 1) memory.fill(BEFORE + (i << 4), 0xff, min(i, 16));
  for (let i: u32 = 0; i < POSITIONS; i += 1) memory.fill(FIRST + (i << 4), 0xff, min(i, KEY_DIGITS));
  v128.store(ZEROS, i8x16.splat(<i8>ZERO));
  v128.store(NINES, i8x16.splat(9));
  v128.store(DOTS, i8x16.splat(<i8>DOT));
  v128.store(LOW_BYTES, i16x8.splat(0xff));
  v128.store(TO_PAIRS, i16x8(10, 10, 10, 10, 10, 10, 10, 1));
  v128.store(TO_FOURS, i16x8(100, 1, 100, 1, 100, 1, 10, 1));
  v128.store(TO_EIGHTS, i16x8(10000, 1, 1000, 1, 10000, 1, 1000, 1));
  v128.store(TENS, i16x8.splat(10));
  v128.store(HUNDREDS, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  v128.store(TEN_THOUSANDS, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
}
