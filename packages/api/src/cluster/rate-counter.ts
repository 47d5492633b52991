/** How many requests a client has sent, this one included, and in how many milliseconds its count starts again. */
export interface Count {
  readonly current: number;
  readonly ttl: number;
}

/**
 * Counts requests by client in one time window for all, so the memory it needs depends only on the number of clients.
 */
export class RateCounter {
  #counts = new Map<string, number>();
  #endsAt = 0;

  count(client: string, windowMilliseconds: number): Count {
    const now = performance.now();
    if (now >= this.#endsAt) {
      this.#counts = new Map();
      this.#endsAt = now + windowMilliseconds;
    }
    const current = (this.#counts.get(client) ?? 0) + 1;
    this.#counts.set(client, current);
    return { current, ttl: this.#endsAt - now };
  }
}
