const TICK_MILLISECONDS = 50;

/**
 * How late the event loop is: how long what has just been taken up has waited for what was before it. Known at any
 * moment, not only after the fact, so that a single long turn of the loop is noticed in its middle.
 */
export class EventLoopLag {
  #tickedAt = performance.now();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => {
      this.#tickedAt = performance.now();
    }, TICK_MILLISECONDS).unref();
  }

  get milliseconds(): number {
    return Math.max(0, performance.now() - this.#tickedAt - TICK_MILLISECONDS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
