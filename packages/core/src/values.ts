import { Collector, type Limits } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import { type NumberValue, nearestDouble } from "./number-value.ts";
import { pointerTo } from "./pointer.ts";

/** An array, an object or another iterable that is being read. */
interface Container {
  readonly value: unknown;
  readonly entries: Iterator<[string | number, unknown]>;
  step: string | number;
}

/** Takes the numbers of nested values as they are found, each with the double nearest to it. */
export class Values {
  /** The values as they were. */
  readonly values: NumberValue[] = [];
  readonly #limits: Limits;
  readonly #collector: Collector;
  #doubles = new Float64Array(16);

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#collector = new Collector(limits);
  }

  /** For each value the double nearest to it. */
  get doubles(): Float64Array {
    return this.#doubles.subarray(0, this.values.length);
  }

  /**
   * Collects all numbers of a value, in order. Uses no stack, however deeply they are nested.
   *
   * @param steps the way to the value
   * @throws {SortedError} with the pointer to the fault
   */
  collect(value: unknown, steps: readonly (string | number)[] = []): void {
    const open: Container[] = [];
    const ancestors = new Set<unknown>();
    try {
      this.#visit(value, open, ancestors);
      for (let container = open.at(-1); container !== undefined; container = open.at(-1)) {
        const next = container.entries.next();
        if (next.done) {
          open.pop();
          ancestors.delete(container.value);
          this.#collector.leave();
        } else {
          container.step = next.value[0];
          this.#visit(next.value[1], open, ancestors);
        }
      }
    } catch (error) {
      for (const { entries } of open) entries.return?.();
      throw withPlace(error, () => pointerTo([...steps, ...open.map(({ step }) => step)]));
    }
  }

  /** What follows are the items of a list. */
  enter(): void {
    this.#collector.enter();
  }

  /**
   * Takes one number.
   *
   * @throws {SortedError} without a place
   */
  add(value: unknown): void {
    const double = nearestDouble(value);
    const { maxNumbers = Infinity } = this.#limits;
    if (this.values.length >= maxNumbers)
      throw new SortedError("TOO_MANY_NUMBERS", `there are more than ${maxNumbers} numbers`);
    if (this.values.length === this.#doubles.length) {
      const larger = new Float64Array(2 * this.#doubles.length);
      larger.set(this.#doubles);
      this.#doubles = larger;
    }
    this.#doubles[this.values.length] = double;
    this.values.push(value as NumberValue);
  }

  #visit(value: unknown, open: Container[], ancestors: Set<unknown>): void {
    const entries = entriesOf(value);
    if (entries === undefined) {
      this.add(value);
      return;
    }
    if (ancestors.has(value)) throw new SortedError("CYCLE", "the value contains itself");
    this.#collector.enter();
    ancestors.add(value);
    open.push({ value, entries, step: 0 });
  }
}

/** What an array, a typed array, another iterable or a plain object holds; undefined for any other value. */
function entriesOf(value: unknown): Iterator<[string | number, unknown]> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return value.entries();
  if (ArrayBuffer.isView(value) && "length" in value) return Array.prototype.entries.call(value);
  if (value instanceof ArrayBuffer)
    throw new SortedError(
      "NOT_A_NUMBER",
      "an ArrayBuffer does not say what its bytes are: pass a typed array",
    );
  if (value instanceof Map)
    throw new SortedError("NOT_A_NUMBER", "expected a number, found a Map: pass its values()");
  if (isIterable(value)) return value instanceof String ? undefined : numbered(value);
  if (isPlainObject(value)) return Object.entries(value).values();
  return undefined;
}

/** Whether `for … of` can read an object. */
export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function* numbered(values: Iterable<unknown>): Generator<[number, unknown], void, undefined> {
  let position = 0;
  for (const value of values) {
    yield [position, value];
    position += 1;
  }
}

/** Also of another realm: an object whose prototype is null, or has none itself. */
function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
