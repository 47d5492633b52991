import type { Progress } from "./options.ts";

const INTERVAL_MS = 100;

/** Reports the progress of the work from time to time. */
export class ProgressMeter {
  readonly #tell: ((progress: Progress) => void) | undefined;
  readonly #startedAt = performance.now();
  #passStartedAt = this.#startedAt;
  #toldAt = Number.NEGATIVE_INFINITY;
  #pass: Progress["pass"] = "read";
  #totalBytes: number | undefined;
  #bytes = 0;
  #numbers = 0;

  constructor(tell: ((progress: Progress) => void) | undefined) {
    this.#tell = tell;
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  begin(pass: Progress["pass"], totalBytes: number | undefined): void {
    this.#pass = pass;
    this.#totalBytes = totalBytes;
    this.#bytes = 0;
    this.#numbers = 0;
    this.#passStartedAt = performance.now();
  }

  add(bytes: number, numbers: number): void {
    this.#bytes += bytes;
    this.#numbers += numbers;
    if (performance.now() - this.#toldAt >= INTERVAL_MS) this.#report();
  }

  end(): void {
    this.#report();
  }

  #report(): void {
    this.#toldAt = performance.now();
    const inPass = (this.#toldAt - this.#passStartedAt) / 1000;
    const total = this.#totalBytes;
    this.#tell?.({
      pass: this.#pass,
      bytes: this.#bytes,
      numbers: this.#numbers,
      seconds: this.seconds,
      ...(total === undefined ? {} : { totalBytes: total }),
      ...(total === undefined || this.#bytes === 0
        ? {}
        : { secondsLeft: Math.max(0, (inPass / this.#bytes) * (total - this.#bytes)) }),
    });
  }
}
