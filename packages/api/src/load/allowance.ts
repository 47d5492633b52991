/** An amount that is lent and comes back, such as bytes of memory, or turns: first come, first served. */
export class Allowance {
  readonly total: number;
  #lent = 0;
  /** Who waits for how much. */
  readonly #waiting: { readonly amount: number; readonly start: () => void }[] = [];

  constructor(total: number) {
    this.total = total;
  }

  get lent(): number {
    return this.#lent;
  }

  /** Lends so much at once, or nothing and says false. */
  tryTake(amount: number): boolean {
    if (this.#waiting.length > 0 || this.#lent + amount > this.total) return false;
    this.#lent += amount;
    return true;
  }

  /** Lends so much when it is there and it is one's turn. @throws the signal's reason, if it is given up before */
  async take(amount: number, signal: AbortSignal): Promise<void> {
    if (this.tryTake(amount)) return;
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

  give(amount: number): void {
    this.#lent -= amount;
    this.#serve();
  }

  #serve(): void {
    for (let [first] = this.#waiting; first; [first] = this.#waiting) {
      if (this.#lent + first.amount > this.total) return;
      this.#lent += first.amount;
      this.#waiting.shift();
      first.start();
    }
  }
}
