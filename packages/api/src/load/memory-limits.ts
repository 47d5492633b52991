import { totalmem } from "node:os";
import { constrainedMemory } from "node:process";

const MEBIBYTE = 2 ** 20;

/**
 * Kept free of requests. A process and its threads take more than this before the first request, but the two figures
 * below are generous. `system/memory.test.ts` shows that all three together hold.
 */
const BASE_BYTES = 96 * MEBIBYTE;
/**
 * For one byte of a body: itself, its literals, the answer, and as much again that an earlier request may have left.
 */
const BYTES_PER_BODY_BYTE = 8;
/** Likewise for a number, besides its characters: what orders it, and room to sort. */
const BYTES_PER_NUMBER = 128;

/** A body takes this much of the memory for bodies, however small it is: with it comes the request. */
const LEAST_BODY_BYTES = 8 * 1024;
/**
 * Only for small bodies, as a part of what there is for large ones, and besides it. Small bodies take less than half of
 * what is counted for them: the kernel instance that sorts them is always there.
 */
const SMALL_BODIES_SHARE = 1 / 8;

const LARGEST_BODY_BYTES = 64 * MEBIBYTE;
const MOST_NUMBERS = 10_000_000;

/** How much one request may hold and still fit into memory. */
export interface MemoryLimits {
  readonly maxBodyBytes: number;
  readonly maxNumbers: number;
}

/** How many bytes the service may use: the limit of its container, or all that the machine has. */
export function availableMemoryBytes(): number {
  // Without a limit of the container `constrainedMemory` is 0, or more than the machine has.
  return Math.min(constrainedMemory() || Number.POSITIVE_INFINITY, totalmem());
}

/**
 * Limits for a process that may use this much memory: half of the free memory is for the bytes of bodies, half for
 * their numbers.
 *
 * @example
 * memoryLimits(2 ** 32); // { maxBodyBytes: 67108864, maxNumbers: 10000000 }
 */
export function memoryLimits(memoryBytes: number): MemoryLimits {
  const halfBytes = halfBudgetBytes(memoryBytes);
  return {
    maxBodyBytes: Math.min(LARGEST_BODY_BYTES, mostBodyBytes(halfBytes)),
    maxNumbers: Math.floor(Math.min(MOST_NUMBERS, halfBytes / BYTES_PER_NUMBER)),
  };
}

/** How many bytes all large bodies in flight may hold. Their numbers may hold as much again. */
export function halfBudgetBytes(memoryBytes: number): number {
  return Math.max(memoryBytes - BASE_BYTES, 8 * MEBIBYTE) / 2;
}

/** How many bytes of the memory for bodies only small ones may take, if all may take `halfBytes`. */
export function smallBodiesBytes(halfBytes: number): number {
  return Math.floor(halfBytes * SMALL_BODIES_SHARE);
}

/** How many bytes a body of this length may take, without its numbers. */
export function bodyMemoryBytes(bodyBytes: number): number {
  return bodyBytes === 0 ? 0 : Math.max(LEAST_BODY_BYTES, bodyBytes * BYTES_PER_BODY_BYTE);
}

/** How long a body may be that takes all of this much memory. */
export function mostBodyBytes(memoryBytes: number): number {
  return Math.floor(memoryBytes / BYTES_PER_BODY_BYTE);
}

/** How many bytes its numbers may take at most: there is at most one number in two characters. */
export function numbersMemoryBytes(bodyBytes: number, maxNumbers: number): number {
  return Math.min(Math.ceil(bodyBytes / 2), maxNumbers) * BYTES_PER_NUMBER;
}
