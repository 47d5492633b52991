import { compare } from "./compare";
import { align, entries, PADDING, reserve } from "./layout";
import { gatherLiterals } from "./gather";
import { lengthOf } from "./literal";
import { setOrder } from "./order";
import { DECIMAL_ENTRY, KEY_OFFSET } from "./plain-decimal";
import { isInjective, prefixOf, preparePrefixes } from "./prefix";
import { sortByRadix } from "./sort-by-radix";

/** A record: the reference in the low half, the prefix in the high half. */
const RECORD: usize = 8;
const PREFIX_SHIFT: u64 = 32;

/**
 * How many moves a number may take on average; after that the prefixes are too uneven, and the numbers are sorted by key.
 * Without such a bound a million took, in ns per number: timestamps in milliseconds 665, `1.0000000dddd` 1210, integers of
 * 20 digits that share 16 of them 1923; with it 31, 137 and 275. The value itself was chosen, not measured.
 */
const MOVES_PER_NUMBER: i64 = 6;

/**
 * What a comparison costs, in moves: so many to take a short literal apart, and one more for so many characters of a long
 * one, as many as are compared at once. Chosen, not measured.
 */
const MOVES_PER_LITERAL: i64 = 4;
const CHARACTERS_PER_MOVE: usize = 16;

/**
 * Up to so many literals stay in the cache while they are copied to the answer; more are gathered first. Of a million
 * doubles, cache misses in that copy took half of the time; gathered, all took a tenth to a fifth less. The bound itself was
 * chosen, not measured.
 */
const CACHED_LITERALS: usize = 1 << 18;

/** Enough to spread millions of numbers, by digits whose counts stay in the first cache. Chosen, not measured. */
const MAX_PREFIX_BITS: u32 = 24;

/**
 * Sorts by prefixes: a radix sort by their first bits spreads the numbers so far that few have the same, and insertion does
 * the rest. Returns false where it would take many moves, or more memory than there is.
 */
export function sortByPrefix(n: usize): bool {
  const spare = align(entries + n * DECIMAL_ENTRY);
  const records = align(spare + n * RECORD);
  if (!reserve(records + n * RECORD + PADDING)) return false;

  preparePrefixes(n);
  makeRecords(n, records);
  if (n > CACHED_LITERALS) gatherLiterals(records, n);
  sortByRadix<u64>(records, n, spare, prefixBits(n));
  setOrder(records, RECORD, n);
  return insert(records, n);
}

/** How many bits of the prefixes spread the numbers well: they have at least eight times as many values as there are numbers. */
function prefixBits(n: usize): u32 {
  const log2 = 31 - clz(u32(n));
  return min<u32>(2 * ((log2 + 5) >> 1), MAX_PREFIX_BITS);
}

function makeRecords(n: usize, out: usize): void {
  for (let p = entries, stop = entries + n * DECIMAL_ENTRY; p < stop; p += DECIMAL_ENTRY) {
    store<u64>(out, (u64(prefixOf(load<u64>(p, KEY_OFFSET))) << PREFIX_SHIFT) | load<u32>(p));
    out += RECORD;
  }
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
