/** What a request finds: how many there were with it, and in how many milliseconds the count begins anew. */
export interface Count {
  readonly current: number;
  readonly ttl: number;
}

/** Counts requests by client, all for the same time: what is counted in it never takes more memory than its clients. */
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
