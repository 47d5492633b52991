import { Kernel, sharedMemory } from "@sorted/core/kernel";
import { collectGarbage } from "./collect-garbage.ts";

/** After so long without a request that wants one, all are given up. */
const KEPT_SECONDS = 10;

/** What a kernel takes before its first input. */
const EMPTY_BYTES = 2 ** 20;
/** About so many bytes a kernel takes for a byte of a body: how many, the sort tells. */
const USUAL_BYTES_PER_BODY_BYTE = 3;

/** So much memory idle ones keep at most: enough for the requests that are there at once when there is much to do. */
const MOST_IDLE_BYTES = 512 * 2 ** 20;

/** While so much of the room is garbage, no time is spent on collecting it. */
const TOLERATED_GARBAGE = 1 / 8;

/**
 * Kernels in memory that threads share, for bodies that are too large to be sorted at once. They are used again and
 * again: their memory only grows, and is free only after a garbage collection.
 */
export class KernelPool {
  /** Room that is taken is counted for kernels in use and idle ones alike. */
  readonly #bytes = new Map<Kernel, number>();
  /** Those that nobody uses, by their memory, ascending. */
  #idle: Kernel[] = [];
  #garbageBytes = 0;
  #forgetting: NodeJS.Timeout | undefined;
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
    clearTimeout(this.#forgetting);
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
    this.#idle.push(kernel);
    this.#idle.sort((a, b) => this.#bytesOf(a) - this.#bytesOf(b));
    this.#makeRoom(0);
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => this.#forget(), KEPT_SECONDS * 1000).unref();
  }

  /** Forgets a kernel that is in use, and is not to be used again. */
  drop(kernel: Kernel): void {
    this.#discard(kernel);
  }

  /** The least that suffices, or else the largest. */
  #takeIdle(bytes: number): Kernel | undefined {
    const index = this.#idle.findIndex((kernel) => this.#bytesOf(kernel) >= bytes);
    return this.#idle.splice(index, 1)[0];
  }

  #bytesOf(kernel: Kernel): number {
    return this.#bytes.get(kernel) ?? 0;
  }

  /** Gives up idle kernels until there is room for so much more, and not too much is idle. */
  #makeRoom(bytes: number): void {
    let total = bytes;
    for (const taken of this.#bytes.values()) total += taken;
    let idle = 0;
    for (const kernel of this.#idle) idle += this.#bytesOf(kernel);
    while (total > this.#roomBytes || idle > MOST_IDLE_BYTES) {
      const kernel = this.#idle.pop();
      if (kernel === undefined) break;
      total -= this.#bytesOf(kernel);
      idle -= this.#bytesOf(kernel);
      this.#discard(kernel);
    }
    if (this.#garbageBytes > this.#roomBytes * TOLERATED_GARBAGE) this.#collect();
  }

  #forget(): void {
    for (const kernel of this.#idle) this.#discard(kernel);
    this.#idle = [];
    this.#collect();
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
