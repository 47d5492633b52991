import { Worker } from "node:worker_threads";
import { KernelInstance, sharedMemory } from "@sorted/core/kernel";
import type { CheckOutcome, CheckTask } from "./check-task.ts";
import type { SortOutcome, SortTask } from "./sort-task.ts";
import { type Outcome, performTask, type Task } from "./task.ts";

/** Next to this file, as a source or compiled. */
const THREAD = new URL(`./thread${import.meta.url.slice(import.meta.url.lastIndexOf("."))}`, import.meta.url);

/** A kernel whose memory this thread fills and reads, while another thread sorts in it. */
export class KernelThread {
  readonly #kernel: KernelInstance;
  #worker: Worker | undefined;
  #isStopped = false;

  /** @param memoryBytes how much address space to take: it must not grow later, or views of it would be lost */
  constructor(memoryBytes: number) {
    this.#kernel = new KernelInstance(sharedMemory());
    this.#kernel.reserve(memoryBytes);
  }

  /** Starts the thread. Until then this thread sorts, because a few megabytes take less time than a start. */
  start(): void {
    // The arguments that started the program, such as a loader, would take time and be useless there.
    this.#worker ??= new Worker(THREAD, { workerData: this.#kernel.memory, execArgv: [] });
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

  /** Sets the length of the input. The bytes that are in memory become the input. */
  set inputBytes(length: number) {
    this.#kernel.clear();
    this.#kernel.extend(length);
  }

  append(chunk: Uint8Array): void {
    this.#kernel.append(chunk);
  }

  /** Makes the input longer by this many bytes; returns where to write them. */
  extend(bytes: number): Uint8Array {
    return this.#kernel.extend(bytes);
  }

  /** Sorts the input, and leaves it unchanged; undefined if the kernel declines it. */
  async sort(task: Omit<SortTask, "inputBytes">): Promise<SortOutcome | undefined> {
    const outcome = await this.#perform({ sort: { ...task, inputBytes: this.inputBytes } });
    return outcome !== undefined && "start" in outcome ? outcome : undefined;
  }

  /** Checks whether the input is in order; undefined if the kernel declines it. */
  async check(task: Omit<CheckTask, "inputBytes">): Promise<CheckOutcome | undefined> {
    const outcome = await this.#perform({ check: { ...task, inputBytes: this.inputBytes } });
    return outcome !== undefined && "numbers" in outcome ? outcome : undefined;
  }

  async #perform(task: Task): Promise<Outcome> {
    if (this.#isStopped) throw new Error("the thread has ended");
    return this.#worker === undefined ? performTask(this.#kernel, task) : this.#ask(this.#worker, task);
  }

  #ask(worker: Worker, task: Task): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const onMessage = (outcome: Outcome) => settle(() => resolve(outcome));
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
  answer({ start, length, bytes }: SortOutcome): Uint8Array {
    return bytes ?? new Uint8Array(this.#kernel.memory.buffer, start, length);
  }

  /** Ends the thread, whatever it is doing. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#worker?.terminate();
  }
}
