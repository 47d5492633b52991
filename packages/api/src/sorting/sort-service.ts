import { extname } from "node:path";
import { SortedError } from "@sorted/core";
import { answerFrom, KernelInstance } from "@sorted/core/kernel";
import { Piscina } from "piscina";
import { Allowance } from "../load/allowance.ts";
import { numbersMemoryBytes } from "../load/memory-limits.ts";
import { collectGarbage } from "./collect-garbage.ts";
import type { MemoryBudget } from "./memory-budget.ts";
import { RequestMemory } from "./request-memory.ts";
import { requireAscii } from "./require-ascii.ts";
import type { Counts, Sort, SortTask } from "./sort-task.ts";
import type { Outcome } from "./sort-thread.ts";
import { SortTimes } from "./sort-times.ts";

/** An idle thread ends after this time, except for the last one. */
const IDLE_SECONDS = 10;

/** An answer this short goes out as text, in one piece with its head: that is faster than two writes. */
const MOST_TEXT_BYTES = 4096;

/** Bytes, or a text in ASCII. */
export type Answer = Buffer | string;

/** A body, sorted. */
export interface Sorted extends Counts {
  readonly answer: Answer;
}

export interface SortServiceOptions {
  /** The memory for the bodies that threads sort. */
  readonly budget: MemoryBudget;
  /** How many threads sort large bodies. */
  readonly threads: number;
  readonly maxNumbers: number;
  /** How long a large body may take to wait and be sorted. */
  readonly timeoutMilliseconds: number;
}

/** Thrown if a body was given up; a thread may still write to its memory. */
export class SortTimeout extends Error {
  override readonly name = "SortTimeout";
}

/** Sorts bodies: small ones at once, large ones in threads, so that they don't delay the small ones. */
export class SortService {
  readonly #options: SortServiceOptions;
  /** For small bodies, one after the other. */
  readonly #instance = new KernelInstance();
  readonly #times: SortTimes;
  /** First come, first served. Piscina's own queue does not keep this order when tasks can be given up. */
  readonly #turns: Allowance;
  /** Made when first needed: a thread takes memory, and time to start. */
  #threads: Piscina<SortTask | undefined, Outcome> | undefined;

  constructor(options: SortServiceOptions) {
    this.#options = options;
    options.budget.instances.onCollect(() => this.#collectGarbage());
    this.#times = new SortTimes(options.threads);
    this.#turns = new Allowance(options.threads);
  }

  /** How long one more large body would wait for a thread, in milliseconds. */
  get waitMilliseconds(): number {
    return this.#times.waitMilliseconds;
  }

  /** Sorts once in a thread, so that no request has to wait for the first thread to start. */
  async warmUp(): Promise<void> {
    const body = Buffer.from("[]");
    const memory = new RequestMemory(this.#options.budget);
    const { instance } = memory.acquireInstance(body.length);
    instance.append(body);
    const sort = { grammar: "json", options: {}, format: "json" } as const;
    try {
      await keepAlive(this.#runInThread(instance, sort, new AbortController().signal));
    } finally {
      memory.release();
    }
  }

  /**
   * The answer to a small body.
   *
   * @param chunks the body, piece by piece
   * @throws {SortedError} for the first fault in the body
   */
  sortNow(chunks: readonly Uint8Array[], { grammar, options, format, asciiOnly }: Sort): Sorted {
    this.#instance.clear();
    for (const chunk of chunks) this.#instance.append(chunk);
    if (asciiOnly !== undefined) requireAscii(this.#instance.input, asciiOnly);
    const sorted = answerFrom(this.#instance, grammar, options, format);
    const { buffer, byteOffset, length } = sorted.answer;
    const bytes = Buffer.from(buffer, byteOffset, length);
    // A copy in either case: the next body will overwrite the answer.
    const answer = length <= MOST_TEXT_BYTES ? bytes.toString("latin1") : Buffer.from(bytes);
    return { answer, count: sorted.count, numbersRead: sorted.numbersRead };
  }

  /**
   * The answer to a large body, which the kernel instance of the request's memory holds. That memory usually holds the
   * answer too, so it must not be released before the answer has left.
   *
   * @throws {SortedError} for the first fault in the body
   * @throws {SortTimeout} if it takes too long; the kernel instance is discarded
   */
  sortInThread(memory: RequestMemory, sort: Sort): Promise<Sorted> {
    return memory.during(() => this.#sortInThread(memory, sort));
  }

  async close(): Promise<void> {
    if (this.#threads) await keepAlive(this.#threads.destroy());
  }

  async #sortInThread(memory: RequestMemory, sort: Sort): Promise<Sorted> {
    const { instance } = memory;
    if (instance === undefined) throw new TypeError("only a large body is sorted in a thread");
    const { inputBytes } = instance;
    const { maxNumbers, timeoutMilliseconds } = this.#options;
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    let outcome: Outcome | undefined;
    this.#times.begin(inputBytes);
    try {
      await memory.acquireNumbers(numbersMemoryBytes(inputBytes, maxNumbers), signal);
      outcome = await this.#runInThread(instance, sort, signal);
      const { result, usedBytes } = outcome;
      // Now the memory for the numbers is known. Usually it is far less.
      memory.noteUsedBytes(usedBytes);
      if ("fault" in result) {
        const { code, detail, place } = result.fault;
        throw new SortedError(code, detail, place);
      }
      const answer =
        "answer" in result
          ? Buffer.from(result.answer.buffer)
          : Buffer.from(instance.memory.buffer, result.start, result.length);
      return { answer, count: result.count, numbersRead: result.numbersRead };
    } catch (error) {
      if (!signal.aborted) throw error;
      memory.discardInstance();
      throw new SortTimeout();
    } finally {
      this.#times.end(inputBytes, outcome?.milliseconds);
    }
  }

  async #runInThread(instance: KernelInstance, sort: Sort, signal: AbortSignal): Promise<Outcome> {
    this.#threads ??= startThreads(this.#options.threads);
    const { memory, inputBytes } = instance;
    await this.#turns.acquire(1, signal);
    try {
      return await this.#threads.run({ ...sort, memory, bodyBytes: inputBytes }, { signal });
    } finally {
      this.#turns.release(1);
    }
  }

  #collectGarbage(): void {
    for (const _thread of this.#threads?.threads ?? []) {
      // A thread that ends before this has no garbage any more.
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
    // In a bundle this file is next to it, as JavaScript.
    filename: new URL(`./sort-thread${extname(import.meta.filename)}`, import.meta.url).href,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: IDLE_SECONDS * 1000,
  });
}
