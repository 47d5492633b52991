import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { SortedError } from "@sorted/core";
import { answerFrom, Kernel } from "@sorted/core/kernel";
import { Piscina } from "piscina";
import type { Body } from "./body.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { KernelPool } from "./kernel-pool.ts";
import type { Sort, SortTask } from "./sort-task.ts";
import type { Outcome } from "./sort-thread.ts";

/** A thread that has had nothing to do for so long ends, but for one. */
const IDLE_SECONDS = 10;

/** An answer this short goes out as text, in one piece with its head: that takes less than to write two. */
const MOST_TEXT_BYTES = 4096;

/** Bytes, or a text in ASCII. */
export type Answer = Buffer | string;

/** Sorts bodies: small ones at once, large ones in threads, so that they don't hold up the small ones. */
export class Sorter {
  /** For the bodies that threads sort. */
  readonly kernels: KernelPool;
  readonly #kernel = new Kernel();
  /** Made when first needed: a thread takes memory, and time to start. */
  #threads: Piscina<SortTask | undefined, Outcome> | undefined;

  /** @param kernelBytes how much memory there is for bodies that threads sort, before what is idle is given up */
  constructor(kernelBytes: number) {
    this.kernels = new KernelPool(kernelBytes, () => this.#collectGarbage());
  }

  /** Sorts once in a thread, so that no request has to wait for the first one to start. */
  async warmUp(): Promise<void> {
    const body = Buffer.from("[]");
    const kernel = this.kernels.take(body.length);
    kernel.append(body);
    // A thread that is still starting does not keep the process alive.
    const alive = setInterval(() => undefined, IDLE_SECONDS * 1000);
    try {
      await this.#sortInThread(kernel, { grammar: "json", options: {}, format: "json" });
    } finally {
      clearInterval(alive);
      this.kernels.give(kernel);
    }
  }

  /**
   * The answer to a body. While it is sent, a large body is not to be released: the answer lies in its kernel's memory.
   *
   * @throws {SortedError} for the first fault in the body
   */
  async sort(body: Pick<Body, "kernel" | "chunks">, sort: Sort): Promise<Answer> {
    return body.kernel === undefined
      ? this.#sortNow(body.chunks, sort)
      : this.#sortInThread(body.kernel, sort);
  }

  async close(): Promise<void> {
    await this.#threads?.destroy();
  }

  #sortNow(chunks: readonly Uint8Array[], { grammar, options, format }: Sort): Answer {
    this.#kernel.clear();
    for (const chunk of chunks) this.#kernel.append(chunk);
    const answer = Buffer.from(answerFrom(this.#kernel, grammar, options, format));
    return answer.length <= MOST_TEXT_BYTES ? answer.toString("latin1") : answer;
  }

  async #sortInThread(kernel: Kernel, sort: Sort): Promise<Buffer> {
    const { memory, inputBytes } = kernel;
    this.#threads ??= startThreads();
    const { result, usedBytes } = await this.#threads.run({ ...sort, memory, bodyBytes: inputBytes });
    this.kernels.noteBytes(kernel, usedBytes);
    if ("fault" in result) {
      const { code, detail, place } = result.fault;
      throw new SortedError(code, detail, place);
    }
    if ("answer" in result) return Buffer.from(result.answer.buffer);
    return Buffer.from(memory.buffer, result.start, result.length);
  }

  #collectGarbage(): void {
    for (const _thread of this.#threads?.threads ?? []) {
      // A thread that is ended before has no garbage any more.
      this.#threads?.run(undefined, { name: collectGarbage.name }).catch(() => undefined);
    }
  }
}

function startThreads(): Piscina<SortTask | undefined, Outcome> {
  return new Piscina({
    // A bundle has it beside itself, as JavaScript.
    filename: new URL(`./sort-thread${extname(import.meta.filename)}`, import.meta.url).href,
    minThreads: 1,
    // One core is left to the thread that reads and writes.
    maxThreads: Math.max(1, availableParallelism() - 1),
    idleTimeout: IDLE_SECONDS * 1000,
  });
}
