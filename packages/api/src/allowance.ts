/** So many bytes of memory that are lent and come back. */
export class Allowance {
  readonly bytes: number;
  #lentBytes = 0;
  /** Who waits for how many bytes, first come first served. */
  readonly #waiting: { readonly bytes: number; readonly start: () => void }[] = [];

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  get lentBytes(): number {
    return this.#lentBytes;
  }

  /** Lends so many bytes at once, or none and says false. */
  tryTake(bytes: number): boolean {
    if (this.#waiting.length > 0 || this.#lentBytes + bytes > this.bytes) return false;
    this.#lentBytes += bytes;
    return true;
  }

  /** Lends so many bytes when they are there and it is one's turn. @throws the signal's reason, if it is given up before */
  async take(bytes: number, signal: AbortSignal): Promise<void> {
    if (this.tryTake(bytes)) return;
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(claim), 1);
        reject(signal.reason);
        this.#serve();
      };
      const claim = {
        bytes,
        start: () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      this.#waiting.push(claim);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  give(bytes: number): void {
    this.#lentBytes -= bytes;
    this.#serve();
  }

  #serve(): void {
    for (let [first] = this.#waiting; first; [first] = this.#waiting) {
      if (this.#lentBytes + first.bytes > this.bytes) return;
      this.#lentBytes += first.bytes;
      this.#waiting.shift();
      first.start();
    }
  }
}
