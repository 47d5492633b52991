/**
 * The numbers in their order: records whose first 32 bits are the literal's reference, or the integer itself, and whose
 * last are a key, or a part of one, that equal numbers have in common.
 */
export let order: usize = 0;
export let recordBytes: usize = 0;
export let count: usize = 0;

/** The last record of all, also of those that a limit leaves out of the answer. */
export let lastRecord: usize = 0;

export function setOrder(start: usize, stride: usize, length: usize): void {
  order = start;
  recordBytes = stride;
  endOrder(length);
}

/** Says that the records go no further than the first `length`. */
export function endOrder(length: usize): void {
  count = length;
  lastRecord = order + (length - 1) * recordBytes;
}

/** Leaves all but the first `limit` out of the answer. */
export function limitAnswer(limit: usize): void {
  count = min(count, limit);
}
