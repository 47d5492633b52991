import { align, reserve, PADDING, entries } from "./layout";
import { setOrder } from "./order";
import { INTEGER_ENTRY } from "./plain-integer";
import { clearCounts, countsOf, increment, nextPlace, placeRecords } from "./radix";

/** So few are sorted by insertion. */
const FEW: usize = 24;

/** From so many on, three wide digits are faster than four narrow ones, whose counts take less to clear. */
const MANY: usize = 4096;

/** Sorts plain integers, ascending; equal ones are the same in every way. Returns false where memory does not suffice. */
export function sortIntegers(n: usize): bool {
  if (n <= FEW) {
    insert(n);
    setOrder(entries, INTEGER_ENTRY, n);
    return true;
  }
  const behind = align(entries + n * INTEGER_ENTRY);
  if (!reserve(behind + n * INTEGER_ENTRY + PADDING)) return false;
  const digits: u32 = n < MANY ? 4 : 3;
  const bits: u32 = n < MANY ? 8 : 11;
  const mask: u32 = (1 << bits) - 1;

  clearCounts(digits, bits);
  for (let p = entries, stop = entries + n * INTEGER_ENTRY; p < stop; p += INTEGER_ENTRY) {
    const integer = load<u32>(p);
    for (let d: u32 = 0; d < digits; d += 1) increment(countsOf(d), (integer >> (d * bits)) & mask);
  }
  let from = entries;
  let to = behind;
  for (let d: u32 = 0; d < digits; d += 1) {
    const counts = countsOf(d);
    if (!placeRecords(counts, bits, to, INTEGER_ENTRY, n)) continue;
    for (let p = from, stop = from + n * INTEGER_ENTRY; p < stop; p += INTEGER_ENTRY) {
      const integer = load<u32>(p);
      store<u32>(nextPlace(counts, (integer >> (d * bits)) & mask, INTEGER_ENTRY), integer);
    }
    const sorted = to;
    to = from;
    from = sorted;
  }
  setOrder(from, INTEGER_ENTRY, n);
  return true;
}

function insert(n: usize): void {
  for (let i = entries + INTEGER_ENTRY, stop = entries + n * INTEGER_ENTRY; i < stop; i += INTEGER_ENTRY) {
    const integer = load<u32>(i);
    let p = i;
    for (; p > entries && load<u32>(p - INTEGER_ENTRY) > integer; p -= INTEGER_ENTRY)
      store<u32>(p, load<u32>(p - INTEGER_ENTRY));
    store<u32>(p, integer);
  }
}
