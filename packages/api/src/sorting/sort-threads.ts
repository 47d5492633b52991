import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { Allowance } from "../load/allowance.ts";
import { COLLECT_GARBAGE, type Outcome, type SortTask } from "./sort-task.ts";

/** In a bundle this file is next to it, as JavaScript. */
const CODE = new URL(`./sort-thread${extname(import.meta.filename)}`, import.meta.url);

/** An idle thread ends after this time, except for the last one. */
const IDLE_SECONDS = 10;

/** The system lets no further thread start: its limit of threads or of open files is reached. Another try may succeed. */
export class ThreadStartError extends Error {
  override readonly name = "ThreadStartError";
}

/**
 * The threads that sort. They start when they are needed: a thread takes memory, and time to start.
 *
 * This is not Piscina, because that ends the process when a thread can't start: it starts threads in listeners, where
 * nobody can catch the error.
 *
 * @example
 * const threads = new SortThreads(2);
 * const outcome = await threads.run(task, AbortSignal.timeout(1000));
 */
export class SortThreads {
  /** First come, first served. */
  readonly #turns: Allowance;
  readonly #threads = new Set<Thread>();
  /** Those without a task. The last one has worked last. */
  readonly #idle: Thread[] = [];
  #isClosed = false;

  /** @param most how many threads there may be at the same time */
  constructor(most: number) {
    this.#turns = new Allowance(most);
  }

  /**
   * Does a task in a thread. If it fails, the thread has ended before this throws, so that nobody uses the memory of the
   * task any more.
   *
   * @throws {ThreadStartError} if no thread can start; the task has not begun
   * @throws the signal's reason if it is aborted; else what the thread has thrown
   */
  async run(task: SortTask, signal: AbortSignal): Promise<Outcome> {
    await this.#turns.acquire(1, signal);
    try {
      const thread = await this.#take(signal);
      try {
        const outcome = await thread.run(task, signal);
        this.#keep(thread);
        return outcome;
      } catch (error) {
        await thread.end();
        throw error;
      }
    } finally {
      this.#turns.release(1);
    }
  }

  /** Lets each thread collect its garbage when it has no task. */
  collectGarbage(): void {
    for (const thread of this.#threads) thread.collectGarbage();
  }

  /** Ends all threads. Tasks that are not done fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(Array.from(this.#threads, (thread) => thread.end()));
  }

  /** A thread that has begun: an idle one, or else a new one. */
  async #take(signal: AbortSignal): Promise<Thread> {
    let thread = this.#idle.pop();
    try {
      if (thread === undefined) {
        thread = new Thread();
        this.#add(thread);
      }
      await thread.begins(signal);
      return thread;
    } catch (error) {
      // It goes on starting, for the next task. If it ended, a machine where threads start slowly would never have one.
      if (thread !== undefined && signal.aborted) this.#keep(thread);
      else await thread?.end();
      if (signal.aborted || this.#isClosed) throw error;
      throw new ThreadStartError("a thread did not start", { cause: error });
    }
  }

  #add(thread: Thread): void {
    this.#threads.add(thread);
    thread.onEnd(() => this.#forget(thread));
  }

  #keep(thread: Thread): void {
    this.#idle.push(thread);
    thread.rest(IDLE_SECONDS, () => {
      if (this.#threads.size === 1) return;
      // Before it ends, so that no task gets it.
      this.#forget(thread);
      void thread.end();
    });
  }

  #forget(thread: Thread): void {
    this.#threads.delete(thread);
    const index = this.#idle.indexOf(thread);
    if (index >= 0) this.#idle.splice(index, 1);
  }
}

/** One thread. It keeps the process alive, except while it is idle. */
class Thread {
  readonly #worker = new Worker(CODE);
  #hasBegun = false;
  /** Rejects when the thread ends: with what it has thrown, or because it was told to. */
  readonly #ended: Promise<never>;
  #resting: NodeJS.Timeout | undefined;

  constructor() {
    this.#worker.once("message", () => {
      this.#hasBegun = true;
    });
    this.#ended = once(this.#worker, "exit").then(() => {
      throw new Error("the thread was ended");
    });
  }

  /** @param listener called once, when the thread has ended or is about to end by an error of its own */
  onEnd(listener: () => void): void {
    this.#ended.catch(listener);
  }

  /** Waits until the thread has loaded its code. @throws if it fails or the signal is aborted */
  async begins(signal: AbortSignal): Promise<void> {
    this.#work();
    if (!this.#hasBegun) await this.#receive(signal);
  }

  /** Does one task. @throws if the thread fails or the signal is aborted */
  async run(task: SortTask, signal: AbortSignal): Promise<Outcome> {
    this.#worker.postMessage(task);
    return this.#receive(signal);
  }

  collectGarbage(): void {
    this.#worker.postMessage(COLLECT_GARBAGE);
  }

  /** @param onTired called when the thread has had no task for this long */
  rest(seconds: number, onTired: () => void): void {
    this.#worker.unref();
    this.#resting = setTimeout(onTired, seconds * 1000).unref();
  }

  /** Stops the thread, whatever it does, and waits until it has ended. */
  async end(): Promise<void> {
    this.#work();
    await this.#worker.terminate();
  }

  #work(): void {
    clearTimeout(this.#resting);
    this.#worker.ref();
  }

  /**
   * Waits for the next message. Not with `Promise.race`: the thread's own promise would hold each outcome, with its
   * answer, until the thread ends.
   */
  async #receive(signal: AbortSignal): Promise<Outcome> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    const onAbort = () => reject(signal.reason);
    const onExit = () => reject(new Error("the thread was ended"));
    this.#worker.on("message", resolve).on("error", reject).on("exit", onExit);
    signal.addEventListener("abort", onAbort);
    try {
      return await promise;
    } finally {
      this.#worker.off("message", resolve).off("error", reject).off("exit", onExit);
      signal.removeEventListener("abort", onAbort);
    }
  }
}
