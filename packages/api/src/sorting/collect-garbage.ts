import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** So many bytes of buffers are left to lie: a collection of young objects takes less than a millisecond. */
const MOST_BUFFER_GARBAGE_BYTES = 8 * 2 ** 20;

let bufferGarbageBytes = 0;

setFlagsFromString("--expose-gc");
const gc: (options?: { readonly type: "minor" }) => void = runInNewContext("gc");

/**
 * Collects all garbage of this thread. Memory that threads share is free no sooner, and V8 does not count it as a reason
 * to collect.
 */
export function collectGarbage(): void {
  gc();
}

/**
 * Says that a buffer of so many bytes, in which Node has just received something, is not needed any more. They are
 * collected from time to time: V8 would let several times as many lie, as the objects that hold them are small.
 */
export function noteBufferGarbage(bytes: number): void {
  bufferGarbageBytes += bytes;
  if (bufferGarbageBytes < MOST_BUFFER_GARBAGE_BYTES) return;
  bufferGarbageBytes = 0;
  gc({ type: "minor" });
}
