import { SortedError } from "@sorted/core";
import { answerFrom, KernelInstance } from "@sorted/core/kernel";
import { numbersMemoryBytes } from "../load/memory-limits.ts";
import type { MemoryBudget } from "./memory-budget.ts";
import { RequestMemory } from "./request-memory.ts";
import { requireAscii } from "./require-ascii.ts";
import type { Counts, Outcome, Sort } from "./sort-task.ts";
import { SortThreads, ThreadStartError } from "./sort-threads.ts";
import { SortTimes } from "./sort-times.ts";

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

/** A body was given up, because it took too long. */
export class SortTimeout extends Error {
  override readonly name = "SortTimeout";
}

/** Sorts bodies: small ones at once, large ones in threads, so that they don't delay the small ones. */
export class SortService {
  readonly #options: SortServiceOptions;
  /** For small bodies, one after the other. */
  readonly #instance = new KernelInstance();
  readonly #times: SortTimes;
  readonly #threads: SortThreads;

  constructor(options: SortServiceOptions) {
    this.#options = options;
    this.#times = new SortTimes(options.threads);
    this.#threads = new SortThreads(options.threads);
    options.budget.instances.onCollect(() => this.#threads.collectGarbage());
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
      await this.#runInThread(instance, sort, new AbortController().signal);
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
   * @throws {SortTimeout} if it takes too long
   * @throws {ThreadStartError} if no thread can start
   */
  sortInThread(memory: RequestMemory, sort: Sort): Promise<Sorted> {
    return memory.during(() => this.#sortInThread(memory, sort));
  }

  async close(): Promise<void> {
    await this.#threads.close();
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
      // A thread that was stopped has left its memory in any state.
      if (outcome === undefined && !(error instanceof ThreadStartError)) memory.discardInstance();
      throw outcome === undefined && signal.aborted ? new SortTimeout() : error;
    } finally {
      this.#times.end(inputBytes, outcome?.milliseconds);
    }
  }

  #runInThread(instance: KernelInstance, sort: Sort, signal: AbortSignal): Promise<Outcome> {
    const { memory, inputBytes } = instance;
    return this.#threads.run({ ...sort, memory, bodyBytes: inputBytes }, signal);
  }
}
