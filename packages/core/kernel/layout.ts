/**
 * Where everything lies in the kernel's memory. Nothing is ever allocated: each region begins where the one before it
 * ends, with room for the worst case. Only the copies of literals overwrite a region, one that is no longer needed. Pages
 * that are never touched cost no memory.
 *
 *          0 ┌──────────────────────────────────────────────────────────────────────────┐
 *            │ CONSTANTS  vectors that the scan needs all the time                       │
 *            │ QUADS      the four digits of each number from 0000 to 9999               │
 *            │ COUNTS     how many numbers have each value of a radix digit              │
 *            │ BUCKETS    what is known of the numbers of each sign and exponent         │
 *            │ USED_BUCKETS  a bit for each bucket                                       │
 *     SOURCE ├──────────────────────────────────────────────────────────────────────────┤
 *            │ the input, as it came; then PADDING zeros, which no grammar accepts       │
 *      arena ├──────────────────────────────────────────────────────────────────────────┤
 *            │ what can't stay as it came: unescaped strings, literals JSON lacks        │ ≤ 3 × input
 *            │ copies of literals, over the stack, once the scan is over                 │ ≤ 2 × input
 *      stack ├──────────────────────────────────────────────────────────────────────────┤
 *            │ the kinds of the brackets that are open, a byte each                      │ ≤ input
 *    entries ├──────────────────────────────────────────────────────────────────────────┤
 *            │ each number's reference and key, in the order of the input                │ ≤ 6 × input
 *            ├──────────────────────────────────────────────────────────────────────────┤
 *            │ two times the records: what the sort moves to and fro, and its result       │
 *            ├──────────────────────────────────────────────────────────────────────────┤
 *            │ the answer, where it does not fit between `entries` and the sorted records │
 *            └──────────────────────────────────────────────────────────────────────────┘
 */
export const CONSTANTS: usize = 256;
export const QUADS: usize = 2560;
export const QUADS_COUNT: u32 = 10_000;
export const COUNTS: usize = QUADS + 4 * QUADS_COUNT;
/** The widest digit of a radix sort. */
export const MAX_RADIX_BITS: u32 = 11;
/** The most digits that are counted at once. */
export const MAX_RADIX_DIGITS: u32 = 8;
export const BUCKETS: usize = 128 * 1024;
export const USED_BUCKETS: usize = BUCKETS + 16_384 * 32;
export const USED_BUCKETS_BYTES: usize = 16_384 / 8;
export const SOURCE: usize = 1024 * 1024;

/** More than the longest load looks beyond the end of a region, or the longest store writes. */
export const PADDING: usize = 64;

/** Where the host puts the input. */
export function source(): usize {
  return SOURCE;
}

/** Where the input ends, and where the regions after it begin. */
export let end: usize = SOURCE;
export let arena: usize = 0;
export let stack: usize = 0;
export let entries: usize = 0;

/** Where the copies of literals end, if there are any. */
let copiesEnd: usize = 0;

/** Where the memory ends that is reserved after the entries. */
let reserved: usize = 0;

/** Lays the regions out for an input of this length; returns whether there is memory for all up to the entries. */
export function layOut(length: usize): bool {
  end = SOURCE + length;
  arena = align(end + PADDING);
  copiesEnd = 0;
  stack = align(arena + 3 * length + PADDING);
  entries = align(stack + length + PADDING);
  reserved = entries;
  if (!grow(entries + 6 * length + PADDING)) return false;
  memory.fill(end, 0, PADDING);
  return true;
}

/** How much memory has been written to, at most, if entries go up to `entriesEnd`. */
export function usedBytes(entriesEnd: usize): usize {
  return max(arena, copiesEnd) + max(entriesEnd, reserved) - entries;
}

/** Takes room at the end of the arena; returns where it begins. */
export function takeFromArena(length: usize): usize {
  const start = arena;
  arena += length;
  return start;
}

/** Takes room for copies of literals between the arena and the entries; returns where it begins, or 0 if it is full. */
export function takeForCopies(length: usize): usize {
  const start = max(arena, copiesEnd);
  if (start + length > entries) return 0;
  copiesEnd = start + length;
  return start;
}

export function align(address: usize): usize {
  return (address + 15) & ~15;
}

const PAGE_BITS: u32 = 16;
const MAX_MEMORY: u64 = 1 << 32;

/** Reserves memory after the entries, up to `limit`; returns whether there is so much. */
export function reserve(limit: u64): bool {
  if (!grow(limit)) return false;
  reserved = usize(limit);
  return true;
}

function grow(limit: u64): bool {
  if (limit > MAX_MEMORY) return false;
  const missing = i32((limit + 0xffff) >> PAGE_BITS) - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}
