import type { Writable } from "node:stream";

/** How many bytes of the log may wait for a reader that is slow. */
const MOST_WAITING_BYTES = 2 ** 18;

/**
 * Where the log goes. It never waits and never fails: a line that can't be written, because the disk is full or nobody
 * reads the pipe, is dropped and counted. The logger's own output would stop the service until it has written the line.
 */
export class LogOutput {
  readonly #output: Writable;
  #dropped = 0;

  constructor(output: Writable) {
    this.#output = output;
    // Each line that fails is counted below. Without a listener, the error would end the process.
    output.on("error", () => undefined);
  }

  /** How many lines were dropped. */
  get dropped(): number {
    return this.#dropped;
  }

  write(line: string): void {
    if (this.#output.writableLength > MOST_WAITING_BYTES) {
      this.#dropped += 1;
      return;
    }
    this.#output.write(line, (error) => {
      if (error) this.#dropped += 1;
    });
  }
}
