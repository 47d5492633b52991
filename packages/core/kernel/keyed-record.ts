import { clearCounts, countsOf, increment, nextPlace, placeRecords } from "./radix";

/** A record: reference (32 bits), place of the next digit to compare (32 bits), key (64 bits). */
export const KEYED_RECORD: usize = 16;
export const CURSOR: usize = 4;
export const KEY: usize = 8;

const DIGIT_BITS: u32 = 8;
const DIGITS: u32 = 8;
const MASK: u32 = (1 << DIGIT_BITS) - 1;

/** Up to so many records are sorted by insertion, which needs no tables of counts. Chosen, not measured. */
const FEW: usize = 32;

/** Sorts records by key, in place; the sort is stable. `spare` has room for as many. */
export function sortRecords(start: usize, n: usize, spare: usize): void {
  if (n <= FEW) {
    insert(start, n);
    return;
  }
  clearCounts(DIGITS, DIGIT_BITS);
  for (let p = start, stop = start + n * KEYED_RECORD; p < stop; p += KEYED_RECORD) {
    const key = load<u64>(p, KEY);
    for (let d: u32 = 0; d < DIGITS; d += 1) increment(countsOf(d), u32(key >> (d * DIGIT_BITS)) & MASK);
  }
  let from = start;
  let to = spare;
  for (let d: u32 = 0; d < DIGITS; d += 1) {
    const counts = countsOf(d);
    if (!placeRecords(counts, DIGIT_BITS, to, KEYED_RECORD, n)) continue;
    const shift: u64 = d * DIGIT_BITS;
    for (let p = from, stop = from + n * KEYED_RECORD; p < stop; p += KEYED_RECORD) {
      const record = v128.load(p);
      v128.store(nextPlace(counts, u32(load<u64>(p, KEY) >> shift) & MASK, KEYED_RECORD), record);
    }
    const sorted = to;
    to = from;
    from = sorted;
  }
  if (from != start) memory.copy(start, from, n * KEYED_RECORD);
}

function insert(start: usize, n: usize): void {
  for (let i = start + KEYED_RECORD, stop = start + n * KEYED_RECORD; i < stop; i += KEYED_RECORD) {
    const record = v128.load(i);
    const key = load<u64>(i, KEY);
    let p = i;
    for (; p > start && load<u64>(p - KEYED_RECORD, KEY) > key; p -= KEYED_RECORD)
      v128.store(p, v128.load(p - KEYED_RECORD));
    v128.store(p, record);
  }
}
