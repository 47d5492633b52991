import { extname } from "node:path";
import { SortedError } from "@sorted/core";
import { answerFrom, Kernel } from "@sorted/core/kernel";
import { Piscina } from "piscina";
import { Allowance } from "../load/allowance.ts";
import { numbersMemoryBytes } from "../load/memory-limits.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { KernelPool } from "./kernel-pool.ts";
import type { Sort, SortTask } from "./sort-task.ts";
import type { Outcome } from "./sort-thread.ts";
import { SortTimes } from "./sort-times.ts";

/** A thread that has had nothing to do for so long ends, but for one. */
const IDLE_SECONDS = 10;

/** An answer this short goes out as text, in one piece with its head: that takes less than to write two. */
const MOST_TEXT_BYTES = 4096;

/** Bytes, or a text in ASCII. */
export type Answer = Buffer | string;

/** A body, sorted. */
export interface Sorted {
  readonly answer: Answer;
  /** How many numbers the answer has. */
  readonly count: number;
  /** How much of `numbersMemory` they have: to be given back when the answer has left. */
  readonly numbersBytes: number;
}

export interface SorterOptions {
  /** How much memory there is for bodies that threads sort, before what is idle is given up. */
  readonly kernelBytes: number;
  /** How many threads sort large bodies. */
  readonly threads: number;
  /** How much memory there is for the numbers of all bodies that threads sort. */
  readonly numbersBytes: number;
  readonly maxNumbers: number;
  /** How long a large body may wait and be sorted. */
  readonly timeoutMilliseconds: number;
}

/** Thrown where a body was given up; a thread may still write to its memory. */
export class SortTimeout extends Error {
  override readonly name = "SortTimeout";
}

/** Sorts bodies: small ones at once, large ones in threads, so that they don't hold up the small ones. */
export class Sorter {
  /** For the bodies that threads sort. */
  readonly kernels: KernelPool;
  /** Memory for the numbers of all bodies that threads sort. */
  readonly numbersMemory: Allowance;
  readonly #options: SorterOptions;
  readonly #kernel = new Kernel();
  readonly #times: SortTimes;
  /** First come, first served; Piscina's own queue is not, where tasks can be given up. */
  readonly #turns: Allowance;
  /** Made when first needed: a thread takes memory, and time to start. */
  #threads: Piscina<SortTask | undefined, Outcome> | undefined;

  constructor(options: SorterOptions) {
    this.#options = options;
    this.kernels = new KernelPool(options.kernelBytes, () => this.#collectGarbage());
    this.numbersMemory = new Allowance(options.numbersBytes);
    this.#times = new SortTimes(options.threads);
    this.#turns = new Allowance(options.threads);
  }

  /** How long one more large body would wait for a thread, in milliseconds. */
  get waitMilliseconds(): number {
    return this.#times.waitMilliseconds;
  }

  /** Sorts once in a thread, so that no request has to wait for the first one to start. */
  async warmUp(): Promise<void> {
    const body = Buffer.from("[]");
    const kernel = this.kernels.take(body.length);
    kernel.append(body);
    const sort = { grammar: "json", options: {}, format: "json" } as const;
    try {
      await keepAlive(this.#runInThread(kernel, sort, new AbortController().signal));
    } finally {
      this.kernels.give(kernel);
    }
  }

  /**
   * The answer to a small body.
   *
   * @param chunks the body, piece by piece
   * @throws {SortedError} for the first fault in the body
   */
  sortNow(chunks: readonly Uint8Array[], { grammar, options, format }: Sort): Sorted {
    this.#kernel.clear();
    for (const chunk of chunks) this.#kernel.append(chunk);
    const { buffer, byteOffset, length } = answerFrom(this.#kernel, grammar, options, format);
    const bytes = Buffer.from(buffer, byteOffset, length);
    // A copy in either case: the next body comes where the answer lies.
    const answer = length <= MOST_TEXT_BYTES ? bytes.toString("latin1") : Buffer.from(bytes);
    return { answer, count: this.#kernel.count, numbersBytes: 0 };
  }

  /**
   * The answer to a large body, which the kernel holds. Mostly it lies in the kernel's memory: while it is sent, that is
   * not to be used again.
   *
   * @throws {SortedError} for the first fault in the body
   * @throws {SortTimeout} where it takes too long
   */
  async sortInThread(kernel: Kernel, sort: Sort): Promise<Sorted> {
    const { maxNumbers, timeoutMilliseconds } = this.#options;
    const mostBytes = numbersMemoryBytes(kernel.inputBytes, maxNumbers);
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    let takenBytes = 0;
    let outcome: Outcome | undefined;
    this.#times.begin(kernel.inputBytes);
    try {
      await this.numbersMemory.take(mostBytes, signal);
      takenBytes = mostBytes;
      outcome = await this.#runInThread(kernel, sort, signal);
      const { result, usedBytes } = outcome;
      this.kernels.noteBytes(kernel, usedBytes);
      if ("fault" in result) {
        const { code, detail, place } = result.fault;
        throw new SortedError(code, detail, place);
      }
      // Now it is known how much they take, which mostly is far less.
      const numbersBytes = Math.min(mostBytes, usedBytes);
      this.numbersMemory.give(mostBytes - numbersBytes);
      const answer =
        "answer" in result
          ? Buffer.from(result.answer.buffer)
          : Buffer.from(kernel.memory.buffer, result.start, result.length);
      return { answer, count: result.count, numbersBytes };
    } catch (error) {
      this.numbersMemory.give(takenBytes);
      throw signal.aborted ? new SortTimeout() : error;
    } finally {
      this.#times.end(kernel.inputBytes, outcome?.milliseconds);
    }
  }

  async close(): Promise<void> {
    if (this.#threads) await keepAlive(this.#threads.destroy());
  }

  async #runInThread(kernel: Kernel, sort: Sort, signal: AbortSignal): Promise<Outcome> {
    this.#threads ??= startThreads(this.#options.threads);
    const { memory, inputBytes } = kernel;
    await this.#turns.take(1, signal);
    try {
      return await this.#threads.run({ ...sort, memory, bodyBytes: inputBytes }, { signal });
    } finally {
      this.#turns.give(1);
    }
  }

  #collectGarbage(): void {
    for (const _thread of this.#threads?.threads ?? []) {
      // A thread that is ended before has no garbage any more.
      this.#threads?.run(undefined, { name: collectGarbage.name }).catch(() => undefined);
    }
  }
}

/** A thread that is starting or ending does not keep the process alive by itself. */
async function keepAlive<Value>(promise: Promise<Value>): Promise<Value> {
  const alive = setInterval(() => undefined, IDLE_SECONDS * 1000);
  return promise.finally(() => clearInterval(alive));
}

function startThreads(threads: number): Piscina<SortTask | undefined, Outcome> {
  return new Piscina({
    // A bundle has it beside itself, as JavaScript.
    filename: new URL(`./sort-thread${extname(import.meta.filename)}`, import.meta.url).href,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: IDLE_SECONDS * 1000,
  });
}
