/** Random numbers that are the same in every run: a failure can be repeated. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** An integer from 0 to `below` - 1 (xorshift). */
  next(below: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % below;
  }

  pick<Value>(values: readonly Value[]): Value {
    const value = values[this.next(values.length)];
    if (value === undefined) throw new RangeError("there is nothing to pick");
    return value;
  }

  double(): string {
    return String((this.next(2 ** 31) / 2 ** 31 - 0.5) * 10 ** this.next(9));
  }
}

/** How some numbers are written, each in several ways. */
export const EQUAL_NUMBERS = ["5", "5.0", "+5", "5e0", "05", "0.5e1", "50.0e-1"];

/** Numbers of all kinds: doubles, small integers, loose and very long ones, many of them equal. */
export function someNumbers(random: Random, count: number): string[] {
  const kinds = [
    () => random.double(),
    () => String(random.next(1000) - 500),
    () => random.pick(EQUAL_NUMBERS),
    () => `-.${random.next(100)}`,
    () => `${random.next(10)}.${"123456789".repeat(random.next(5))}${random.next(100)}`,
    () => `${random.next(100)}e${random.next(2000) - 1000}`,
  ];
  const usual = random.pick(kinds);
  return Array.from({ length: count }, () => (random.next(4) === 0 ? random.pick(kinds)() : usual()));
}
