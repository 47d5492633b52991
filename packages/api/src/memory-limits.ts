const MEBIBYTE = 2 ** 20;

/** What the process takes before its first request, and what a burst of small ones takes. */
const BASE_BYTES = 96 * MEBIBYTE;
/**
 * What is held for a byte of a body at most: the body in pieces and in one, its literals, the answer; and as much again
 * that an earlier request has left and that is not collected yet.
 */
const BYTES_PER_BODY_BYTE = 8;
/** Likewise for a number, beside its characters: where it lies, what orders it, room to sort. */
const BYTES_PER_NUMBER = 128;

const LARGEST_BODY_BYTES = 64 * MEBIBYTE;
const MOST_NUMBERS = 10_000_000;

/** How much one request may hold, so that it fits into memory. */
export interface MemoryLimits {
  readonly maxBodyBytes: number;
  readonly maxNumbers: number;
}

/**
 * Limits for a process that may use this much memory: half of what is free for the bytes of a body, half for its
 * numbers.
 *
 * @example
 * memoryLimits(2 ** 32); // { maxBodyBytes: 67108864, maxNumbers: 10000000 }
 */
export function memoryLimits(memoryBytes: number): MemoryLimits {
  const halfBytes = Math.max(memoryBytes - BASE_BYTES, 8 * MEBIBYTE) / 2;
  return {
    maxBodyBytes: Math.floor(Math.min(LARGEST_BODY_BYTES, halfBytes / BYTES_PER_BODY_BYTE)),
    maxNumbers: Math.floor(Math.min(MOST_NUMBERS, halfBytes / BYTES_PER_NUMBER)),
  };
}
