import { PADDING, SOURCE, takeForCopies } from "./layout";
import { startOf } from "./literal";
import { countsOf } from "./radix";
import { LENGTH_BITS, MAX_SHORT, REACH } from "./scan";

/**
 * Brings the literals together that will stand near each other in the answer. To copy millions of them in their order,
 * each from its place in the input, would miss every cache and the processor's table of pages with nearly each one.
 * Copied to as many parts as there are values of the first bits of a prefix, in the order of the input, they are read
 * and written one after the other; later, each part in turn is in the cache.
 *
 * A million doubles took a tenth to a fifth less in all with this, many equal numbers half. The number of parts was chosen,
 * not measured.
 */
const PART_BITS: u32 = 8;
const PARTS: u32 = 1 << PART_BITS;
const PART_SHIFT: u64 = 64 - PART_BITS;

/**
 * Copies the literals of records that have a prefix in their high half, and lets the references point to the copies. Does
 * nothing where there is no room for them, or references don't reach so far.
 */
export function gatherLiterals(records: usize, n: usize): void {
  const stop = records + n * sizeof<u64>();
  const cursors = countsOf(0);
  const cursorsEnd = cursors + PARTS * sizeof<u32>();
  memory.fill(cursors, 0, cursorsEnd - cursors);
  for (let p = records; p < stop; p += sizeof<u64>()) {
    const record = load<u64>(p);
    const cursor = cursorOf(cursors, record);
    store<u32>(cursor, load<u32>(cursor) + copiedLength(record));
  }
  for (let cursor = cursors; cursor < cursorsEnd; cursor += sizeof<u32>()) {
    // The last literal of a part is copied further than it goes.
    const bytes = usize(load<u32>(cursor)) + PADDING;
    const part = takeForCopies(bytes);
    if (part == 0 || part + bytes - SOURCE > REACH) return;
    store<u32>(cursor, u32(part));
  }

  for (let p = records; p < stop; p += sizeof<u64>()) {
    const record = load<u64>(p);
    // A long one stays where it is.
    if ((record & MAX_SHORT) == 0) continue;
    const literal = startOf(u32(record));
    const cursor = cursorOf(cursors, record);
    const copy: usize = load<u32>(cursor);
    v128.store(copy, v128.load(literal));
    v128.store(copy, v128.load(literal, 16), 16);
    store<u32>(cursor, u32(copy) + copiedLength(record));
    store<u32>(p, (u32(copy - SOURCE) << LENGTH_BITS) | u32(record & MAX_SHORT));
  }
}

@inline
function cursorOf(cursors: usize, record: u64): usize {
  return cursors + usize(record >> PART_SHIFT) * sizeof<u32>();
}

/** With the character that ends it, without which the next one would go on with its digits. */
@inline
function copiedLength(record: u64): u32 {
  return u32(record & MAX_SHORT) + 1;
}
