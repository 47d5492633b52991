import { Kernel, sharedMemory } from "@sorted/core/kernel";
import { collectGarbage } from "./collect-garbage.ts";

/** Every so often those are given up that nobody has used since the last time, and garbage is collected. */
const SWEEP_SECONDS = 30;

/** What a kernel takes before its first input. */
const EMPTY_BYTES = 2 ** 20;
/** About so many bytes a kernel takes for a byte of a body: how many, the sort tells. */
const USUAL_BYTES_PER_BODY_BYTE = 3;

/** While so much of the room is garbage, no time is spent on collecting it. */
const TOLERATED_GARBAGE = 1 / 8;

/**
 * Kernels in memory that threads share, for bodies that are too large to be sorted at once. They are used again and
 * again: their memory only grows, and is free only after a garbage collection. New memory takes long to get, so as many
 * are kept as were lately in use at once.
 */
export class KernelPool {
  /** Room that is taken is counted for kernels in use and idle ones alike. */
  readonly #bytes = new Map<Kernel, number>();
  /** Those that nobody uses, by their memory, ascending. */
  #idle: Kernel[] = [];
  /** Those that were given back since the last sweep; weakly, as one that is given up must not be kept by it. */
  #lately = new WeakSet<Kernel>();
  #garbageBytes = 0;
  #sweeping: NodeJS.Timeout | undefined;
  readonly #roomBytes: number;
  readonly #onCollect: () => void;

  /**
   * @param roomBytes how much memory all kernels may have before idle ones are given up
   * @param onCollect called when garbage is collected: other threads are to do it, too
   */
  constructor(roomBytes: number, onCollect: () => void) {
    this.#roomBytes = roomBytes;
    this.#onCollect = onCollect;
  }

  /** A kernel without an input, for one of so many bytes; it is to be given back. */
  take(bodyBytes: number): Kernel {
    const expectedBytes = EMPTY_BYTES + bodyBytes * USUAL_BYTES_PER_BODY_BYTE;
    const kernel = this.#takeIdle(expectedBytes) ?? new Kernel(sharedMemory());
    kernel.clear();
    this.#makeRoom(Math.max(0, expectedBytes - this.#bytesOf(kernel)));
    this.noteBytes(kernel, expectedBytes);
    return kernel;
  }

  /** Notes how much memory a kernel has used. */
  noteBytes(kernel: Kernel, bytes: number): void {
    this.#bytes.set(kernel, Math.max(bytes, this.#bytesOf(kernel)));
  }

  give(kernel: Kernel): void {
    this.noteBytes(kernel, EMPTY_BYTES + kernel.inputBytes);
    this.#lately.add(kernel);
    // Before those that have as much: what is used again soonest leaves the others to be given up.
    this.#idle.unshift(kernel);
    this.#idle.sort((a, b) => this.#bytesOf(a) - this.#bytesOf(b));
    this.#makeRoom(0);
    this.#sweepLater();
  }

  /** Forgets a kernel that is in use, and is not to be used again. */
  drop(kernel: Kernel): void {
    this.#discard(kernel);
    this.#sweepLater();
  }

  /** The least that suffices, or else the largest. */
  #takeIdle(bytes: number): Kernel | undefined {
    const index = this.#idle.findIndex((kernel) => this.#bytesOf(kernel) >= bytes);
    return this.#idle.splice(index, 1)[0];
  }

  #bytesOf(kernel: Kernel): number {
    return this.#bytes.get(kernel) ?? 0;
  }

  /** Gives up idle kernels until there is room for so much more. */
  #makeRoom(bytes: number): void {
    let total = bytes;
    for (const taken of this.#bytes.values()) total += taken;
    while (total > this.#roomBytes) {
      const kernel = this.#idle.pop();
      if (kernel === undefined) break;
      total -= this.#bytesOf(kernel);
      this.#discard(kernel);
    }
    if (this.#garbageBytes > this.#roomBytes * TOLERATED_GARBAGE) this.#collect();
  }

  #sweepLater(): void {
    this.#sweeping ??= setTimeout(() => {
      this.#sweeping = undefined;
      this.#sweep();
      if (this.#idle.length > 0) this.#sweepLater();
    }, SWEEP_SECONDS * 1000).unref();
  }

  #sweep(): void {
    const unused = this.#idle.filter((kernel) => !this.#lately.has(kernel));
    this.#idle = this.#idle.filter((kernel) => this.#lately.has(kernel));
    this.#lately = new WeakSet();
    for (const kernel of unused) this.#discard(kernel);
    if (this.#garbageBytes > 0) this.#collect();
  }

  #discard(kernel: Kernel): void {
    this.#garbageBytes += this.#bytesOf(kernel);
    this.#bytes.delete(kernel);
  }

  #collect(): void {
    this.#garbageBytes = 0;
    // Not now: what is running still holds the kernels that it has given up.
    setImmediate(() => {
      collectGarbage();
      this.#onCollect();
    }).unref();
  }
}
