import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How many bytes of buffers may lie unused: a collection of young objects takes less than a millisecond. */
const MOST_BUFFER_GARBAGE_BYTES = 8 * 2 ** 20;
/** What a buffer takes besides its bytes. */
const BUFFER_BYTES = 160;

let bufferGarbageBytes = 0;

setFlagsFromString("--expose-gc");
const gc: (options?: { readonly type: "minor" }) => void = runInNewContext("gc");

/**
 * Collects all garbage of this thread. Nothing else frees memory that threads share, as V8 does not count it as a
 * reason to collect.
 */
export function collectGarbage(): void {
  gc();
}

/**
 * Says that a buffer of this many bytes, in which Node has just received something, is not needed any more. From time
 * to time these buffers are collected. V8 would keep several times as many, because the objects that hold them are
 * small.
 */
export function noteBufferGarbage(bytes: number): void {
  bufferGarbageBytes += BUFFER_BYTES + bytes;
  if (bufferGarbageBytes < MOST_BUFFER_GARBAGE_BYTES) return;
  bufferGarbageBytes = 0;
  gc({ type: "minor" });
}
