import { RIGHT_SQUARE_BRACKET } from "./characters";
import { lanesBefore } from "./constants";
import { entries } from "./layout";
import { lengthOf, startOf } from "./literal";
import { DECIMAL_ENTRY } from "./plain-decimal";
import { INTEGER_ENTRY, SIGN_BIT } from "./plain-integer";
import { writeInteger } from "./answer";

/**
 * A checksum of a multiset of literals: the sum of a hash of each, so that their order does not count. It tells whether
 * numbers got lost, came twice or were changed by accident; it is not a defence against an attacker.
 *
 * A literal's hash takes 8 characters at a time, each with a multiplier of its own, so that equal parts at different
 * places count differently.
 */
const FIRST: u64 = 0x9e37_79b9_7f4a_7c15;
const SECOND: u64 = 0xc2b2_ae3d_27d4_eb4f;
const THIRD: u64 = 0x1656_67b1_9e37_79f9;
const FOURTH: u64 = 0x85eb_ca77_c2b2_ae63;
const LAST: u64 = 0xff51_afd7_ed55_8ccd;

const VECTOR: usize = 16;
const BLOCK: usize = 2 * VECTOR;

/** The checksum of the literals of entries up to `stop`, in the order of the input. */
export function checksumOfEntries(stop: usize, entryBytes: usize, scratch: usize): u64 {
  let sum: u64 = 0;
  if (entryBytes == INTEGER_ENTRY) {
    for (let p = entries; p < stop; p += INTEGER_ENTRY) {
      const out = writeInteger(scratch, load<u32>(p) ^ SIGN_BIT);
      sum += hash(scratch, out - scratch);
    }
    return sum;
  }
  for (let p = entries; p < stop; p += DECIMAL_ENTRY) {
    const ref = load<u32>(p);
    sum += hash(startOf(ref), lengthOf(ref));
  }
  return sum;
}

/**
 * The checksum of literals that lie one after the other, with so many bytes after each, of which the first is known; after
 * the last there may be what ends a JSON array.
 */
export function checksumOfText(start: usize, stop: usize, separator: u32, separatorBytes: usize): u64 {
  const separators = i8x16.splat(<i8>separator);
  const brackets = i8x16.splat(<i8>RIGHT_SQUARE_BRACKET);
  let sum: u64 = 0;
  let p = start;
  while (p < stop) {
    const literal = p;
    while (true) {
      const bytes = v128.load(p);
      const found = i8x16.bitmask(v128.or(i8x16.eq(bytes, separators), i8x16.eq(bytes, brackets)));
      if (found != 0) {
        p += ctz(found);
        break;
      }
      p += VECTOR;
    }
    sum += hash(literal, p - literal);
    p += separatorBytes;
  }
  return sum;
}

@inline
function hash(start: usize, length: usize): u64 {
  let sum: u64 = length;
  while (length > BLOCK) {
    sum = mix(sum + products(v128.load(start), v128.load(start, 16)));
    start += BLOCK;
    length -= BLOCK;
  }
  const head = v128.and(v128.load(start), lanesBefore(u32(min(length, VECTOR))));
  const tail = v128.and(v128.load(start, 16), lanesBefore(length > VECTOR ? u32(length - VECTOR) : 0));
  return mix(sum + products(head, tail));
}

@inline
function products(head: v128, tail: v128): u64 {
  return (
    product(<u64>i64x2.extract_lane(head, 0), FIRST) +
    product(<u64>i64x2.extract_lane(head, 1), SECOND) +
    product(<u64>i64x2.extract_lane(tail, 0), THIRD) +
    product(<u64>i64x2.extract_lane(tail, 1), FOURTH)
  );
}

/** The upper characters are brought down first: a product takes nothing from above to below. */
@inline
function product(characters: u64, multiplier: u64): u64 {
  return (characters ^ (characters >> 29)) * multiplier;
}

@inline
function mix(sum: u64): u64 {
  const mixed = (sum ^ (sum >> 32)) * LAST;
  return mixed ^ (mixed >> 29);
}
