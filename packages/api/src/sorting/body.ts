import type { KernelInstance } from "@sorted/core/kernel";
import { MOST_SMALL_BYTES } from "../http/request-body.ts";
import { noteBufferGarbage } from "./collect-garbage.ts";
import type { RequestMemory } from "./request-memory.ts";

/** The body of a request: first in pieces, then, if it grows large, in the memory of a kernel instance. */
export class Body {
  readonly memory: RequestMemory;
  readonly #announcedBytes: number;
  #bytes = 0;

  /**
   * @param memory what holds the body; when it is released, the body is gone
   * @param announcedBytes the least length of the body, as far as it is known
   */
  constructor(memory: RequestMemory, announcedBytes: number) {
    this.memory = memory;
    this.#announcedBytes = announcedBytes;
  }

  /** How many bytes have come. */
  get bytes(): number {
    return this.#bytes;
  }

  append(chunk: Buffer): void {
    // The client has hung up: bytes that still arrive are not kept.
    if (this.memory.isReleased) return;
    this.#bytes += chunk.length;
    if (this.#bytes > MOST_SMALL_BYTES) appendShared(this.memory.instance ?? this.#moveToInstance(), chunk);
    else this.memory.addChunk(chunk);
  }

  #moveToInstance(): KernelInstance {
    const expectedBytes = Math.max(this.#announcedBytes, this.#bytes);
    const { instance, chunks } = this.memory.acquireInstance(expectedBytes);
    instance.reserve(expectedBytes);
    for (const chunk of chunks) appendShared(instance, chunk);
    return instance;
  }
}

/**
 * Appends a piece that nobody needs after that. It is copied in two parts: `TypedArray.prototype.set` would copy
 * a whole buffer, and V8 does that word by word in memory that threads share. Node copies a part four times faster.
 */
function appendShared(instance: KernelInstance, chunk: Buffer): void {
  const target = instance.extend(chunk.length);
  const middle = chunk.length >> 1;
  chunk.copy(target, 0, 0, middle);
  chunk.copy(target, middle, middle);
  noteBufferGarbage(chunk.length);
}
