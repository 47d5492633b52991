import { KernelInstance, sharedMemory } from "@sorted/core/kernel";
import { collectGarbage } from "./collect-garbage.ts";

/** Every so often those are given up that nobody has used since the last time, and garbage is collected. */
const SWEEP_SECONDS = 30;

/** What a kernel instance takes before its first input. */
const EMPTY_BYTES = 2 ** 20;
/** About so many bytes a kernel instance takes for a byte of a body: how many, the sort tells. */
const USUAL_BYTES_PER_BODY_BYTE = 3;

/** While so much of the room is garbage, no time is spent on collecting it. */
const TOLERATED_GARBAGE = 1 / 8;

/**
 * Kernel instances in memory that threads share, for bodies that are too large to be sorted at once. They are used again
 * and again: their memory only grows, and is free only after a garbage collection. New memory takes long to get, so as
 * many are kept as were lately in use at once.
 */
export class KernelInstancePool {
  /** Room that is taken is counted for instances in use and idle ones alike. */
  readonly #bytes = new Map<KernelInstance, number>();
  /** Those that nobody uses, by their memory, ascending. */
  #idle: KernelInstance[] = [];
  /** Those that were given back since the last sweep; weakly, as one that is given up must not be kept by it. */
  #lately = new WeakSet<KernelInstance>();
  #garbageBytes = 0;
  #sweeping: NodeJS.Timeout | undefined;
  readonly #roomBytes: number;
  #onCollect: () => void = () => undefined;

  /** @param roomBytes how much memory all kernel instances may have before idle ones are given up */
  constructor(roomBytes: number) {
    this.#roomBytes = roomBytes;
  }

  /** @param listener called when garbage is collected: other threads are to do it, too */
  onCollect(listener: () => void): void {
    this.#onCollect = listener;
  }

  /** An instance without an input, for one of so many bytes; it is to be released, or discarded. */
  acquire(bodyBytes: number): KernelInstance {
    const expectedBytes = EMPTY_BYTES + bodyBytes * USUAL_BYTES_PER_BODY_BYTE;
    const instance = this.#acquireIdle(expectedBytes) ?? new KernelInstance(sharedMemory());
    instance.clear();
    this.#makeRoom(Math.max(0, expectedBytes - this.#bytesOf(instance)));
    this.noteBytes(instance, expectedBytes);
    return instance;
  }

  /** Notes how much memory an instance has used. */
  noteBytes(instance: KernelInstance, bytes: number): void {
    this.#bytes.set(instance, Math.max(bytes, this.#bytesOf(instance)));
  }

  /** Takes a kernel instance back, for others to acquire. */
  release(instance: KernelInstance): void {
    this.noteBytes(instance, EMPTY_BYTES + instance.inputBytes);
    this.#lately.add(instance);
    // Before those that have as much: what is used again soonest leaves the others to be given up.
    this.#idle.unshift(instance);
    this.#idle.sort((a, b) => this.#bytesOf(a) - this.#bytesOf(b));
    this.#makeRoom(0);
    this.#sweepLater();
  }

  /** Forgets an instance that is in use, and is not to be used again. */
  discard(instance: KernelInstance): void {
    this.#giveUp(instance);
    this.#sweepLater();
  }

  /** The least that suffices, or else the largest. */
  #acquireIdle(bytes: number): KernelInstance | undefined {
    const index = this.#idle.findIndex((instance) => this.#bytesOf(instance) >= bytes);
    return this.#idle.splice(index, 1)[0];
  }

  #bytesOf(instance: KernelInstance): number {
    return this.#bytes.get(instance) ?? 0;
  }

  /** Gives up idle instances until there is room for so much more. */
  #makeRoom(bytes: number): void {
    let total = bytes;
    for (const taken of this.#bytes.values()) total += taken;
    while (total > this.#roomBytes) {
      const instance = this.#idle.pop();
      if (instance === undefined) break;
      total -= this.#bytesOf(instance);
      this.#giveUp(instance);
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
    const unused = this.#idle.filter((instance) => !this.#lately.has(instance));
    this.#idle = this.#idle.filter((instance) => this.#lately.has(instance));
    this.#lately = new WeakSet();
    for (const instance of unused) this.#giveUp(instance);
    if (this.#garbageBytes > 0) this.#collect();
  }

  #giveUp(instance: KernelInstance): void {
    this.#garbageBytes += this.#bytesOf(instance);
    this.#bytes.delete(instance);
  }

  #collect(): void {
    this.#garbageBytes = 0;
    // Not now: what is running still holds the instances that it has given up.
    setImmediate(() => {
      collectGarbage();
      this.#onCollect();
    }).unref();
  }
}
