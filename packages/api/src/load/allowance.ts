/** An amount that is lent and comes back, such as bytes of memory or turns. First come, first served. */
export class Allowance {
  readonly total: number;
  #acquired = 0;
  /** A caller that waits, and the amount it waits for. */
  readonly #waiting: { readonly amount: number; readonly start: () => void }[] = [];

  constructor(total: number) {
    this.total = total;
  }

  /** How much is lent now. */
  get acquired(): number {
    return this.#acquired;
  }

  /** Whether this much could be acquired now, and this much would be left for others. */
  hasRoom(amount: number, left = 0): boolean {
    return this.#waiting.length === 0 && this.#acquired + amount + left <= this.total;
  }

  /** Acquires this much at once and returns true, or acquires nothing and returns false. See `hasRoom`. */
  tryAcquire(amount: number, left = 0): boolean {
    if (!this.hasRoom(amount, left)) return false;
    this.#acquired += amount;
    return true;
  }

  /** Waits its turn and acquires this much. @throws the signal's reason, if it is aborted before */
  async acquire(amount: number, signal: AbortSignal): Promise<void> {
    if (this.tryAcquire(amount)) return;
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(claim), 1);
        reject(signal.reason);
        this.#serve();
      };
      const claim = {
        amount,
        start: () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      this.#waiting.push(claim);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  /** Gives back this much of what was acquired, and serves those that wait for it. */
  release(amount: number): void {
    this.#acquired -= amount;
    this.#serve();
  }

  #serve(): void {
    for (let [first] = this.#waiting; first; [first] = this.#waiting) {
      if (this.#acquired + first.amount > this.total) return;
      this.#acquired += first.amount;
      this.#waiting.shift();
      first.start();
    }
  }
}
