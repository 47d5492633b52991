import { arena, entries, SOURCE } from "./layout";

/** What a scan comes to. */
export const DONE: i32 = 0;
/** The input is at fault, or more than the kernel takes: the reference says which, from the same bytes. */
export const DECLINED: i32 = 1;
/** Not every number is a plain 32-bit integer. */
export const NOT_INTEGERS: i32 = 2;

/** Where the next entry goes, and how far entries may go. */
export let next: usize = 0;
export let limit: usize = 0;

export function setNext(address: usize): void {
  next = address;
}

/** Brackets that are open, and how many may be. */
export let depth: usize = 0;
export let maxDepth: usize = 0;

export function setDepth(value: usize): void {
  depth = value;
}

/** The most significant digits that a number has; CLAMPED where its key does not even hold its exponent. */
export let longest: i32 = 0;

export function setLongest(digits: i32): void {
  longest = digits;
}

/** All ones where the order is descending: it turns the order of keys around. */
export let flip: u64 = 0;

export function beginScan(descending: bool, depthLimit: u32, maxNumbers: u32, entryBytes: usize): void {
  next = entries;
  limit = usize(min<u64>(u64(entries) + u64(maxNumbers) * entryBytes, 0xffff_ffff));
  depth = 0;
  maxDepth = depthLimit;
  longest = 0;
  flip = descending ? u64.MAX_VALUE : 0;
}

/**
 * A literal's reference: its address, counted from SOURCE, and below that its length in 5 bits, 0 where it is longer.
 * A longer literal ends where its characters end.
 */
export const LENGTH_BITS: u32 = 5;
export const MAX_SHORT: usize = (1 << LENGTH_BITS) - 1;

/** As much as references reach: input, arena and copies of literals together. */
export const REACH: usize = 1 << (32 - LENGTH_BITS);

@inline
export function reference(start: usize, stop: usize): u32 {
  const length = stop - start;
  return (u32(start - SOURCE) << LENGTH_BITS) | (length <= MAX_SHORT ? u32(length) : 0);
}

export function isOutOfReach(): bool {
  return arena - SOURCE > REACH;
}
