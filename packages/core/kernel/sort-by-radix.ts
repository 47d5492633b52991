import { clearCounts, countsOf, increment, nextPlace, placeRecords } from "./radix";

/**
 * A radix sort of records that have their key in their last 32 bits: integers, which are nothing but a key, and pairs of
 * a reference and a prefix.
 *
 * Records that fit a processor's second cache are moved once for each digit, from the least significant one on. More of
 * them would miss that cache, and its table of pages, with nearly each move: they are first moved into parts, by the most
 * significant bits, and each part is then sorted by the other digits while it is in the cache.
 */
const KEY_BITS: u32 = 32;

/** Above so many bytes records are sorted in parts. The size of a usual second cache; chosen, not measured. */
const CACHED_BYTES: usize = 1024 * 1024;

/** 256 parts: one of a million pairs has about 32 KB. Chosen, not measured. */
const PARTS_BITS: u32 = 8;
const PARTS: u32 = 1 << PARTS_BITS;

/** Where the counts of the parts are; those of the digits come before. */
const PARTS_DIGIT: u32 = 4;

/**
 * Few records, or a part, are sorted by narrow digits, whose counts take less time to clear; many by wide ones. Three
 * digits of 11 bits cover a 32-bit key with one move less than four of 8. The bound between few and many was chosen, not
 * measured: twice as many records as a wide digit has values.
 */
const NARROW_BITS: u32 = 8;
const WIDE_BITS: u32 = 11;
const MANY: usize = 4096;

/**
 * Sorts records by the first `keyBits` bits of their keys, in place; the sort is stable. `spare` has room for as many.
 */
export function sortByRadix<Record>(start: usize, n: usize, spare: usize, keyBits: u32): void {
  if (n * sizeof<Record>() > CACHED_BYTES) {
    sortInParts<Record>(start, n, spare, keyBits);
    return;
  }
  const sorted = sortByDigits<Record>(
    start,
    n,
    spare,
    KEY_BITS - keyBits,
    keyBits,
    n < MANY ? NARROW_BITS : WIDE_BITS,
  );
  if (sorted != start) memory.copy(start, sorted, n * sizeof<Record>());
}

function sortInParts<Record>(start: usize, n: usize, spare: usize, keyBits: u32): void {
  const counts = countsOf(PARTS_DIGIT);
  memory.fill(counts, 0, 4 * PARTS);
  count<Record>(start, n, counts, KEY_BITS - PARTS_BITS, PARTS - 1);
  placeRecords(counts, PARTS_BITS, spare, sizeof<Record>(), n);
  move<Record>(start, n, counts, KEY_BITS - PARTS_BITS, PARTS - 1);
  // Each place is now where its part ends.
  let part = spare;
  let place = start;
  for (let d: u32 = 0; d < PARTS; d += 1) {
    const bytes = usize(load<u32>(counts + (usize(d) << 2))) - part;
    if (bytes > 0) {
      const size = bytes / sizeof<Record>();
      const sorted = sortByDigits<Record>(
        part,
        size,
        place,
        KEY_BITS - keyBits,
        keyBits - PARTS_BITS,
        NARROW_BITS,
      );
      if (sorted != place) memory.copy(place, sorted, bytes);
    }
    part += bytes;
    place += bytes;
  }
}

/**
 * Sorts by the `bits` bits of the key from bit `low` on, in digits of up to `maxDigitBits`; the sort is stable. Returns
 * where the records are then: at `start` or at `spare`.
 */
function sortByDigits<Record>(
  start: usize,
  n: usize,
  spare: usize,
  low: u32,
  bits: u32,
  maxDigitBits: u32,
): usize {
  const digits = (bits + maxDigitBits - 1) / maxDigitBits;
  const digitBits = (bits + digits - 1) / digits;
  const mask: u32 = (1 << digitBits) - 1;
  clearCounts(digits, digitBits);
  for (let d: u32 = 0; d < digits; d += 1) count<Record>(start, n, countsOf(d), low + d * digitBits, mask);
  let from = start;
  let to = spare;
  for (let d: u32 = 0; d < digits; d += 1) {
    const counts = countsOf(d);
    if (!placeRecords(counts, digitBits, to, sizeof<Record>(), n)) continue;
    move<Record>(from, n, counts, low + d * digitBits, mask);
    const sorted = to;
    to = from;
    from = sorted;
  }
  return from;
}

function count<Record>(start: usize, n: usize, counts: usize, low: u32, mask: u32): void {
  for (let p = start, stop = start + n * sizeof<Record>(); p < stop; p += sizeof<Record>())
    increment(counts, digitOf<Record>(load<Record>(p), low) & mask);
}

function move<Record>(start: usize, n: usize, places: usize, low: u32, mask: u32): void {
  for (let p = start, stop = start + n * sizeof<Record>(); p < stop; p += sizeof<Record>()) {
    const record = load<Record>(p);
    store<Record>(nextPlace(places, digitOf<Record>(record, low) & mask, sizeof<Record>()), record);
  }
}

/** The bits of a record's key from bit `low` on; in a pair, what lies below the key has as many bits as the key. */
@inline
function digitOf<Record>(record: Record, low: u32): u32 {
  if (sizeof<Record>() == sizeof<u32>()) return u32(record) >> low;
  return u32(u64(record) >> u64(KEY_BITS + low));
}
