import type { Kernel } from "@sorted/core/kernel";
import { MOST_SMALL_BYTES } from "../http/request-body.ts";
import { noteBufferGarbage } from "./collect-garbage.ts";
import type { KernelPool } from "./kernel-pool.ts";

/** The body of a request: first in pieces; when it grows large, in the memory of a kernel. */
export class Body {
  readonly #kernels: KernelPool;
  readonly #announcedBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #kernel: Kernel | undefined;

  /** @param announcedBytes how long the body will be at least, as far as that is known */
  constructor(kernels: KernelPool, announcedBytes: number) {
    this.#kernels = kernels;
    this.#announcedBytes = announcedBytes;
  }

  /** How many bytes have come. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The kernel whose memory the body is in; undefined where it is small. */
  get kernel(): Kernel | undefined {
    return this.#kernel;
  }

  /** A small body, piece by piece. */
  get chunks(): readonly Buffer[] {
    return this.#chunks;
  }

  append(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#kernel !== undefined) {
      appendShared(this.#kernel, chunk);
      noteBufferGarbage(chunk.length);
      return;
    }
    this.#chunks.push(chunk);
    if (this.#bytes > MOST_SMALL_BYTES) this.#moveToKernel();
  }

  /** Gives the kernel's memory to others: neither the body nor the answer is there any more. */
  release(): void {
    if (this.#kernel !== undefined) this.#kernels.give(this.#kernel);
    this.#kernel = undefined;
    this.#chunks = [];
  }

  /** Forgets the kernel, whose memory a thread may still write to. */
  abandon(): void {
    if (this.#kernel !== undefined) this.#kernels.drop(this.#kernel);
    this.#kernel = undefined;
  }

  #moveToKernel(): void {
    const expectedBytes = Math.max(this.#announcedBytes, this.#bytes);
    const kernel = this.#kernels.take(expectedBytes);
    this.#kernel = kernel;
    kernel.reserve(expectedBytes);
    for (const chunk of this.#chunks) appendShared(kernel, chunk);
    noteBufferGarbage(this.#bytes);
    this.#chunks = [];
  }
}

/**
 * Appends in two parts. All of a buffer would be copied by `TypedArray.prototype.set`, which V8 does word by word where
 * threads share the memory; a part Node copies as fast as it can be done, four times faster.
 */
function appendShared(kernel: Kernel, chunk: Buffer): void {
  const target = kernel.extend(chunk.length);
  const middle = chunk.length >> 1;
  chunk.copy(target, 0, 0, middle);
  chunk.copy(target, middle, middle);
}
