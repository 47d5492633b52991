/** An amount that is lent and comes back, such as bytes of memory, or turns: first come, first served. */
export class Allowance {
  readonly total: number;
  #acquired = 0;
  /** Who waits for how much. */
  readonly #waiting: { readonly amount: number; readonly start: () => void }[] = [];

  constructor(total: number) {
    this.total = total;
  }

  /** How much is lent now. */
  get acquired(): number {
    return this.#acquired;
  }

  /** Acquires so much at once, or nothing and returns false. */
  tryAcquire(amount: number): boolean {
    if (this.#waiting.length > 0 || this.#acquired + amount > this.total) return false;
    this.#acquired += amount;
    return true;
  }

  /** Acquires so much when it is there and it is one's turn. @throws the signal's reason, if it is given up before */
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

  /** Gives back so much of what was acquired; whoever waits for it is served. */
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
