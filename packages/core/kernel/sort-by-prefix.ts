import { compare } from "./compare";
import { align, entries, PADDING, reserve } from "./layout";
import { lengthOf } from "./literal";
import { setOrder } from "./order";
import { DECIMAL_ENTRY, KEY_OFFSET } from "./plain-decimal";
import { isInjective, prefixOf, preparePrefixes } from "./prefix";
import { clearCounts, countsOf, increment, nextPlace, placeRecords } from "./radix";

/** A record: the reference in the low half, the prefix in the high half. */
const RECORD: usize = 8;
const PREFIX_SHIFT: u64 = 32;

/** So many places a number are tried before the prefixes are found to be too uneven. */
const MOVES_PER_NUMBER: i64 = 6;

/** How many moves take as long as taking a short literal apart, and so many characters of a long one. */
const MOVES_PER_LITERAL: i64 = 4;
const CHARACTERS_PER_MOVE: usize = 16;

const MAX_DIGIT_BITS: u32 = 11;

/**
 * Sorts by prefixes: two digits of a radix sort spread the numbers so far that few have the same, and insertion does the
 * rest. Returns false where it would take many moves, or more memory than there is.
 */
export function sortByPrefix(n: usize): bool {
  const spare = align(entries + n * DECIMAL_ENTRY);
  const records = align(spare + n * RECORD);
  if (!reserve(records + n * RECORD + PADDING)) return false;

  // Four times as many values as numbers.
  const log2 = 31 - clz(u32(n));
  const bits = min<u32>((log2 + 3) >> 1, MAX_DIGIT_BITS);
  const highShift: u64 = PREFIX_SHIFT + 32 - bits;
  const lowShift = highShift - bits;
  const mask: u32 = (1 << bits) - 1;

  preparePrefixes(n);
  const low = countsOf(0);
  const high = countsOf(1);
  clearCounts(2, bits);
  let out = records;
  for (let p = entries, stop = entries + n * DECIMAL_ENTRY; p < stop; p += DECIMAL_ENTRY) {
    const record = (u64(prefixOf(load<u64>(p, KEY_OFFSET))) << PREFIX_SHIFT) | load<u32>(p);
    store<u64>(out, record);
    out += RECORD;
    increment(low, u32(record >> lowShift) & mask);
    increment(high, u32(record >> highShift));
  }
  placeRecords(low, bits, spare, RECORD, n);
  for (let p = records, stop = records + n * RECORD; p < stop; p += RECORD) {
    const record = load<u64>(p);
    store<u64>(nextPlace(low, u32(record >> lowShift) & mask, RECORD), record);
  }
  placeRecords(high, bits, records, RECORD, n);
  for (let p = spare, stop = spare + n * RECORD; p < stop; p += RECORD) {
    const record = load<u64>(p);
    store<u64>(nextPlace(high, u32(record >> highShift), RECORD), record);
  }
  setOrder(records, RECORD, n);
  return insert(records, n);
}

function insert(start: usize, n: usize): bool {
  let budget = i64(n) * MOVES_PER_NUMBER;
  let before = load<u64>(start);
  for (let i = start + RECORD, stop = start + n * RECORD; i < stop; i += RECORD) {
    const record = load<u64>(i);
    if (record >> PREFIX_SHIFT > before >> PREFIX_SHIFT) {
      before = record;
      continue;
    }
    let p = i;
    for (; p > start; p -= RECORD) {
      const other = load<u64>(p - RECORD);
      if (other >> PREFIX_SHIFT < record >> PREFIX_SHIFT) break;
      if (other >> PREFIX_SHIFT == record >> PREFIX_SHIFT) {
        if (isInjective) break;
        if (compare(u32(other), u32(record)) <= 0) break;
        budget -= costOfComparison(u32(other)) + costOfComparison(u32(record));
      }
      store<u64>(p, other);
      budget -= 1;
      if (budget < 0) return false;
    }
    store<u64>(p, record);
    before = load<u64>(i);
  }
  return true;
}

function costOfComparison(ref: u32): i64 {
  return MOVES_PER_LITERAL + lengthOf(ref) / CHARACTERS_PER_MOVE;
}
