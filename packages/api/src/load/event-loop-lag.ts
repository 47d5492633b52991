const TICK_MILLISECONDS = 50;

/**
 * How late the event loop is: how long the current work waited for the work before it. It is known at any moment, so a
 * single long turn of the loop shows while it runs.
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
