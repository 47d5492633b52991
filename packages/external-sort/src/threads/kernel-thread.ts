import { Worker } from "node:worker_threads";
import { Kernel, sharedMemory } from "@sorted/core/kernel";
import { perform, type SortOutcome, type SortTask } from "./sort-task.ts";

/** Beside this file, as a source or compiled. */
const THREAD = new URL(`./thread${import.meta.url.slice(import.meta.url.lastIndexOf("."))}`, import.meta.url);

/** A kernel whose memory this thread fills and reads, while another one sorts in it. */
export class KernelThread {
  readonly #kernel: Kernel;
  #worker: Worker | undefined;

  /** @param memoryBytes how much address space to take: it must not grow later, or views of it would be lost */
  constructor(memoryBytes: number) {
    this.#kernel = new Kernel(sharedMemory());
    this.#kernel.reserve(memoryBytes);
  }

  /** Starts the thread; until then this thread sorts, which takes less time than a start for some megabytes. */
  start(): void {
    this.#worker ??= new Worker(THREAD, { workerData: this.#kernel.memory });
  }

  /** How long the input is. */
  get inputBytes(): number {
    return this.#kernel.inputBytes;
  }

  /** The input: a view. */
  get input(): Buffer {
    const { buffer, byteOffset, length } = this.#kernel.input;
    return Buffer.from(buffer, byteOffset, length);
  }

  /** Makes the input so long, whatever it was; what lies in memory becomes it. */
  set inputBytes(length: number) {
    this.#kernel.clear();
    this.#kernel.extend(length);
  }

  append(chunk: Uint8Array): void {
    this.#kernel.append(chunk);
  }

  /** Makes the input so many bytes longer; returns where they are to be written. */
  extend(bytes: number): Uint8Array {
    return this.#kernel.extend(bytes);
  }

  /** Sorts the input, which stays as it is. */
  async sort(task: Omit<SortTask, "inputBytes">): Promise<SortOutcome | undefined> {
    const whole = { ...task, inputBytes: this.inputBytes };
    if (this.#worker === undefined) return perform(this.#kernel, whole);
    return this.#ask(this.#worker, whole);
  }

  #ask(worker: Worker, task: SortTask): Promise<SortOutcome | undefined> {
    return new Promise((resolve, reject) => {
      const onMessage = (outcome: SortOutcome | undefined) => settle(() => resolve(outcome));
      const onError = (error: Error) => settle(() => reject(error));
      const onExit = () => settle(() => reject(new Error("the thread has ended")));
      const settle = (how: () => void) => {
        worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        how();
      };
      worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      worker.postMessage(task);
    });
  }

  /** The answer of the last sort: a view. */
  answer({ start, length }: SortOutcome): Uint8Array {
    return new Uint8Array(this.#kernel.memory.buffer, start, length);
  }

  /** Ends the thread, whatever it is doing. */
  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }
}
