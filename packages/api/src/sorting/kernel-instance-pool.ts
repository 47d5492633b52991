import { KernelInstance, sharedMemory } from "@sorted/core/kernel";
import { collectGarbage } from "./collect-garbage.ts";

/** How often the pool gives up the instances that nobody has used since the last time, and collects garbage. */
const SWEEP_SECONDS = 30;

/** How much memory a kernel instance takes before its first input. */
const EMPTY_BYTES = 2 ** 20;
/** About how many bytes a kernel instance takes for one byte of a body. The sort tells the exact number later. */
const USUAL_BYTES_PER_BODY_BYTE = 3;

/** While this much of the room is garbage, collecting it is not worth the time. */
const TOLERATED_GARBAGE = 1 / 8;

/**
 * Kernel instances in memory that threads share, for bodies that are too large to sort at once. Their memory only
 * grows, and is free only after a garbage collection. New memory takes long to get, so the pool keeps as many instances
 * as were lately in use at once.
 */
export class KernelInstancePool {
  /** The room that is taken, by instances in use and by idle ones. */
  readonly #bytes = new Map<KernelInstance, number>();
  /** The idle instances, by their memory, ascending. */
  #idle: KernelInstance[] = [];
  /** The instances that were given back since the last sweep. Weak, so that it does not keep one that is given up. */
  #lately = new WeakSet<KernelInstance>();
  #garbageBytes = 0;
  #isCollecting = false;
  #sweeping: NodeJS.Timeout | undefined;
  readonly #roomBytes: number;
  #onCollect: () => void = () => undefined;

  /** @param roomBytes how much memory all kernel instances may have before the pool gives up idle ones */
  constructor(roomBytes: number) {
    this.#roomBytes = roomBytes;
  }

  /** @param listener called when garbage is collected: other threads must do it too */
  onCollect(listener: () => void): void {
    this.#onCollect = listener;
  }

  /** An instance without an input, for one of this many bytes. The caller must release or discard it. */
  acquire(bodyBytes: number): KernelInstance {
    const expectedBytes = EMPTY_BYTES + bodyBytes * USUAL_BYTES_PER_BODY_BYTE;
    const instance = this.#acquireIdle(expectedBytes) ?? new KernelInstance(sharedMemory());
    instance.clear();
    this.#makeRoom(Math.max(0, expectedBytes - this.#bytesOf(instance)));
    this.noteBytes(instance, expectedBytes);
    return instance;
  }

  /** Records how much memory an instance has used. */
  noteBytes(instance: KernelInstance, bytes: number): void {
    this.#bytes.set(instance, Math.max(bytes, this.#bytesOf(instance)));
  }

  /** Takes a kernel instance back, for others to acquire. */
  release(instance: KernelInstance): void {
    this.noteBytes(instance, EMPTY_BYTES + instance.inputBytes);
    this.#lately.add(instance);
    // Before instances of the same size: reusing the same ones lets the pool give up the others.
    this.#idle.unshift(instance);
    this.#idle.sort((a, b) => this.#bytesOf(a) - this.#bytesOf(b));
    this.#makeRoom(0);
    this.#sweepLater();
  }

  /**
   * Forgets an instance that is in use and must not be used again. Its memory is collected at once: a sort that was stopped
   * may have taken far more than the pool knows of.
   */
  discard(instance: KernelInstance): void {
    this.#giveUp(instance);
    this.#collect();
  }

  /** The smallest that is large enough, or else the largest. */
  #acquireIdle(bytes: number): KernelInstance | undefined {
    const index = this.#idle.findIndex((instance) => this.#bytesOf(instance) >= bytes);
    return this.#idle.splice(index, 1)[0];
  }

  #bytesOf(instance: KernelInstance): number {
    return this.#bytes.get(instance) ?? 0;
  }

  /** Gives up idle instances until there is room for this much more. */
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
    if (this.#isCollecting) return;
    this.#isCollecting = true;
    // Not now: the running code still holds the instances that it has given up.
    setImmediate(() => {
      this.#isCollecting = false;
      collectGarbage();
      this.#onCollect();
    }).unref();
  }
}
