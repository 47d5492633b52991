import { totalmem } from "node:os";
import { constrainedMemory } from "node:process";

const MEBIBYTE = 2 ** 20;

/**
 * Kept free of requests. A process takes more than that before its first one, with its threads: what makes up for it is
 * that the two figures below are generous. That all three together hold is what `system/memory.test.ts` shows.
 */
const BASE_BYTES = 96 * MEBIBYTE;
/** For a byte of a body: itself, its literals, the answer; and as much again that an earlier request may have left. */
const BYTES_PER_BODY_BYTE = 8;
/** Likewise for a number, beside its characters: what orders it, and room to sort. */
const BYTES_PER_NUMBER = 128;

const LARGEST_BODY_BYTES = 64 * MEBIBYTE;
const MOST_NUMBERS = 10_000_000;

/** How much one request may hold, so that it fits into memory. */
export interface MemoryLimits {
  readonly maxBodyBytes: number;
  readonly maxNumbers: number;
}

/** What the service may use: the limit of its container, or all that the machine has. */
export function availableMemoryBytes(): number {
  // Without a limit of the container `constrainedMemory` is 0 or beyond what the machine has.
  return Math.min(constrainedMemory() || Number.POSITIVE_INFINITY, totalmem());
}

/**
 * Limits for a process that may use this much memory: half of what is free for the bytes of a body, half for its
 * numbers.
 *
 * @example
 * memoryLimits(2 ** 32); // { maxBodyBytes: 67108864, maxNumbers: 10000000 }
 */
export function memoryLimits(memoryBytes: number): MemoryLimits {
  const halfBytes = halfBudgetBytes(memoryBytes);
  return {
    maxBodyBytes: Math.floor(Math.min(LARGEST_BODY_BYTES, halfBytes / BYTES_PER_BODY_BYTE)),
    maxNumbers: Math.floor(Math.min(MOST_NUMBERS, halfBytes / BYTES_PER_NUMBER)),
  };
}

/** What all requests in flight may hold: so much for the bytes of their bodies, and as much again for their numbers. */
export function halfBudgetBytes(memoryBytes: number): number {
  return Math.max(memoryBytes - BASE_BYTES, 8 * MEBIBYTE) / 2;
}

/** What a body of so many bytes may take, in bytes, without its numbers. */
export function bodyMemoryBytes(bodyBytes: number): number {
  return bodyBytes * BYTES_PER_BODY_BYTE;
}

/** What the numbers of such a body may take at most, in bytes: there is no more than one in two characters. */
export function numbersMemoryBytes(bodyBytes: number, maxNumbers: number): number {
  return Math.min(Math.ceil(bodyBytes / 2), maxNumbers) * BYTES_PER_NUMBER;
}
