/** A first guess, until there are measurements. */
const FIRST_MILLISECONDS_PER_BYTE = 1e-5;
/** How much one more measurement counts. */
const WEIGHT = 0.1;

/** How long sorts in threads take, and so how long one more would have to wait. */
export class SortTimes {
  readonly #threads: number;
  #unsortedBytes = 0;
  #millisecondsPerByte = FIRST_MILLISECONDS_PER_BYTE;

  constructor(threads: number) {
    this.#threads = threads;
  }

  /** How many milliseconds the sorts before it will take. */
  get waitMilliseconds(): number {
    return (this.#unsortedBytes * this.#millisecondsPerByte) / this.#threads;
  }

  begin(bytes: number): void {
    this.#unsortedBytes += bytes;
  }

  /** @param milliseconds how long the sort took, without its wait; undefined if it did not finish */
  end(bytes: number, milliseconds?: number): void {
    this.#unsortedBytes -= bytes;
    if (milliseconds !== undefined)
      this.#millisecondsPerByte += WEIGHT * (milliseconds / bytes - this.#millisecondsPerByte);
  }
}
