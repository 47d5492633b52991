import type { KernelInstance } from "@sorted/core/kernel";
import { bodyMemoryBytes } from "../load/memory-limits.ts";
import type { MemoryBudget } from "./memory-budget.ts";
import { Pieces } from "./pieces.ts";

/**
 * All memory that one request holds: its part of the budget for bodies, the pieces of a small body, the kernel instance
 * of a large one, and its part of the budget for numbers. It is acquired bit by bit, and released all at once, once.
 *
 * @example
 * const memory = new RequestMemory(budget);
 * if (!memory.acquireBody(bytesSoFar)) throw overloaded;
 * response.on("close", () => memory.release());
 */
export class RequestMemory {
  readonly #budget: MemoryBudget;
  #bodyMemoryBytes = 0;
  #numbersBytes = 0;
  #pieces = new Pieces();
  #instance: KernelInstance | undefined;
  #isInUse = false;
  #isReleased = false;

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
  }

  /** Whether `release` was called: from then on nothing is acquired. */
  get isReleased(): boolean {
    return this.#isReleased;
  }

  /** The kernel instance that holds the body; undefined while the body is small. */
  get instance(): KernelInstance | undefined {
    return this.#instance;
  }

  /** The pieces of a small body. */
  get chunks(): readonly Buffer[] {
    return this.#pieces.all;
  }

  /** Acquires what is missing for a body of this many bytes; returns false if there is not enough. */
  acquireBody(bodyBytes: number): boolean {
    const more = bodyMemoryBytes(bodyBytes) - this.#bodyMemoryBytes;
    if (more <= 0 || this.#isReleased) return true;
    if (!this.#budget.acquireForBody(more, bodyBytes)) return false;
    this.#bodyMemoryBytes += more;
    return true;
  }

  /** Keeps one more piece of a small body. */
  addChunk(chunk: Buffer): void {
    this.#pieces.add(chunk);
  }

  /**
   * Acquires a kernel instance for a body of this many bytes. It replaces the pieces.
   *
   * @returns the instance, and the pieces to copy into it
   */
  acquireInstance(bodyBytes: number): {
    readonly instance: KernelInstance;
    readonly chunks: readonly Buffer[];
  } {
    const { chunks } = this;
    const instance = this.#budget.instances.acquire(bodyBytes);
    this.#instance = instance;
    this.#pieces = new Pieces();
    return { instance, chunks };
  }

  /** Forgets the kernel instance. A thread may still write to its memory, so no other request may have it. */
  discardInstance(): void {
    if (this.#instance !== undefined) this.#budget.instances.discard(this.#instance);
    this.#instance = undefined;
  }

  /** Acquires this many bytes for numbers, when it is the request's turn. @throws the signal's reason */
  async acquireNumbers(bytes: number, signal: AbortSignal): Promise<void> {
    await this.#budget.numbers.acquire(bytes, signal);
    this.#numbersBytes += bytes;
  }

  /** Records how much memory the kernel instance has used, and gives back the rest of what was acquired for numbers. */
  noteUsedBytes(usedBytes: number): void {
    if (this.#instance !== undefined) this.#budget.instances.noteBytes(this.#instance, usedBytes);
    const unused = Math.max(0, this.#numbersBytes - usedBytes);
    this.#numbersBytes -= unused;
    this.#budget.numbers.release(unused);
  }

  /** Keeps everything until the work is done, even if the client hangs up: a thread writes to the memory. */
  async during<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#isInUse = true;
    try {
      return await work();
    } finally {
      this.#isInUse = false;
      if (this.#isReleased) this.#giveBack();
    }
  }

  /** Gives everything back, after the work in progress. Calls after the first do nothing. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    if (!this.#isInUse) this.#giveBack();
  }

  #giveBack(): void {
    this.#budget.bodies.release(this.#bodyMemoryBytes);
    this.#budget.numbers.release(this.#numbersBytes);
    if (this.#instance !== undefined) this.#budget.instances.release(this.#instance);
    this.#instance = undefined;
    // A kept connection holds its last request, and so this object.
    this.#pieces = new Pieces();
  }
}
