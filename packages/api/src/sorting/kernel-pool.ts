import { Kernel, sharedMemory } from "@sorted/core/kernel";

/** So many wait for the next request: with fewer, clients that take turns would meet one whose memory is new. */
const MOST_IDLE = 2;
/** After so long without a request that wants one, their memory is given back. */
const KEPT_SECONDS = 10;

/** Kernels in memory that threads share, for bodies that are too large to be sorted at once. */
export class KernelPool {
  readonly #idle: Kernel[] = [];
  #forgetting: NodeJS.Timeout | undefined;

  /** A kernel with no input; it is to be given back. */
  take(): Kernel {
    clearTimeout(this.#forgetting);
    const kernel = this.#idle.pop() ?? new Kernel(sharedMemory());
    kernel.clear();
    return kernel;
  }

  give(kernel: Kernel): void {
    if (this.#idle.length < MOST_IDLE) this.#idle.push(kernel);
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => this.#idle.splice(0), KEPT_SECONDS * 1000).unref();
  }
}
