import { DIGITS_BITS, DIGITS_MASK, KEY_DIGITS } from "./key";
import { BUCKETS, entries, USED_BUCKETS, USED_BUCKETS_BYTES } from "./layout";
import { DECIMAL_ENTRY, KEY_OFFSET } from "./plain-decimal";
import { longest } from "./scan";

/**
 * The prefix of a key: 32 bits in place of 64, never in a different order, but spread evenly over the numbers at hand.
 *
 * Keys are taken by sign and magnitude, their first 14 bits, into buckets. Each bucket gets a range of prefixes of its
 * own, in the order of the buckets, and within it the digits are mapped from the least to the greatest that there are by
 * multiplication with a positive factor, rounded. Both keep the order: prefixes of different buckets are those of
 * their ranges; in one bucket the rounded product of a greater difference is not less. So a lesser prefix means a lesser
 * number, and only equal ones say nothing.
 *
 *     bucket: count u32 · unused u32 · factor f64 · least digits u64 · greatest digits u64, later offset f64
 *
 * The offset is where the bucket's range begins, and 2⁵² more: to add it rounds the product to an integer, as no double
 * between 2⁵² and 2⁵³ has a fraction, and leaves that integer in the last bits.
 */
const BUCKET_BYTES_BITS: usize = 5;
const BUCKET_BYTES: usize = 1 << BUCKET_BYTES_BITS;
const FACTOR: usize = 8;
const LEAST: usize = 16;
const GREATEST: usize = 24;
const OFFSET: usize = GREATEST;

const TO_LAST_BITS: f64 = <f64>(u64(1) << 52);

/** All 2³² prefixes, but some 67,000 that are left for rounding. */
const PREFIXES: f64 = 4_294_900_000;

/**
 * How many of them may go to giving each key its own prefix, so that the rest still spreads the numbers. Chosen, not
 * measured.
 */
const OWN_PREFIXES: f64 = PREFIXES / 2;

/**
 * How much of a bucket's range is used. The rest keeps its greatest prefix apart from the least of the next bucket: where
 * many numbers have either, their prefixes would have the same leading digits. Chosen, not measured.
 */
const USED: f64 = 0.9;

/**
 * The step between the prefixes of neighbouring keys: more than 1, so that rounding keeps them apart. The excess is far
 * more than the rounding errors of doubles, some 2⁻²⁰ for a prefix below 2³².
 */
const SAFE_STEP: f64 = 1.001;

/** Whether equal prefixes mean equal keys, and these equal numbers. */
export let isInjective: bool = false;

@inline
function bucketOf(key: u64): usize {
  return BUCKETS + (usize(key >> DIGITS_BITS) << BUCKET_BYTES_BITS);
}

@inline
export function prefixOf(key: u64): u32 {
  const bucket = bucketOf(key);
  const above = <f64>(<i64>((key & DIGITS_MASK) - load<u64>(bucket, LEAST)));
  return u32(reinterpret<u64>(above * load<f64>(bucket, FACTOR) + load<f64>(bucket, OFFSET)));
}

/** Finds out how the prefixes of all entries are made. Before and after, all buckets are unused and their counts 0. */
export function preparePrefixes(n: usize): void {
  for (let p = entries, stop = entries + n * DECIMAL_ENTRY; p < stop; p += DECIMAL_ENTRY) {
    const key = load<u64>(p, KEY_OFFSET);
    const bucket = bucketOf(key);
    const digits = key & DIGITS_MASK;
    const size = load<u32>(bucket);
    store<u32>(bucket, size + 1);
    if (size == 0) {
      store<u64>(bucket, digits, LEAST);
      store<u64>(bucket, digits, GREATEST);
      markAsUsed(bucket);
    }
    if (digits < load<u64>(bucket, LEAST)) store<u64>(bucket, digits, LEAST);
    if (digits > load<u64>(bucket, GREATEST)) store<u64>(bucket, digits, GREATEST);
  }

  // Numbers of few digits leave gaps between their keys; where each key can have its own prefix, none is compared again.
  let gap: f64 = 1;
  for (let digits = longest; digits < KEY_DIGITS; digits += 1) gap *= 10;
  let own: f64 = 0;
  for (let bucket = nextUsed(BUCKETS); bucket != 0; bucket = nextUsed(bucket + BUCKET_BYTES))
    own += ownPrefixes(bucket, gap);
  isInjective = longest <= KEY_DIGITS && own <= OWN_PREFIXES;
  const share = (PREFIXES - (isInjective ? own : 0)) / <f64>n;

  let base: f64 = 0;
  for (let bucket = nextUsed(BUCKETS); bucket != 0; bucket = nextUsed(bucket + BUCKET_BYTES)) {
    const size = load<u32>(bucket);
    store<u32>(bucket, 0);
    const width = share * <f64>size + (isInjective ? ownPrefixes(bucket, gap) : 0);
    const range = rangeOf(bucket);
    store<f64>(bucket, range > 0 ? (width * USED - 2) / range : 0, FACTOR);
    store<f64>(bucket, base + TO_LAST_BITS, OFFSET);
    base += width;
  }
  memory.fill(USED_BUCKETS, 0, USED_BUCKETS_BYTES);
}

/** A bit for each bucket, as many are never used. */
const WORD_BITS_BITS: usize = 6;

function markAsUsed(bucket: usize): void {
  const index = (bucket - BUCKETS) >> BUCKET_BYTES_BITS;
  const word = USED_BUCKETS + ((index >> WORD_BITS_BITS) << 3);
  store<u64>(word, load<u64>(word) | (u64(1) << index));
}

/** The first bucket from this one on that is used; 0 where there is none. */
function nextUsed(bucket: usize): usize {
  const index = (bucket - BUCKETS) >> BUCKET_BYTES_BITS;
  const last = USED_BUCKETS + USED_BUCKETS_BYTES;
  let word = USED_BUCKETS + ((index >> WORD_BITS_BITS) << 3);
  if (word >= last) return 0;
  let bits = load<u64>(word) & (u64.MAX_VALUE << index);
  while (bits == 0) {
    word += 8;
    if (word == last) return 0;
    bits = load<u64>(word);
  }
  const found = ((word - USED_BUCKETS) << 3) + usize(ctz(bits));
  return BUCKETS + (found << BUCKET_BYTES_BITS);
}

@inline
function rangeOf(bucket: usize): f64 {
  return <f64>(load<u64>(bucket, GREATEST) - load<u64>(bucket, LEAST));
}

@inline
function ownPrefixes(bucket: usize, gap: f64): f64 {
  return ((rangeOf(bucket) / gap) * SAFE_STEP + 3) / USED;
}
