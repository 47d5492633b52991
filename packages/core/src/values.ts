import { Collector, type Limits } from "./collector.ts";
import { SortedError, tooManyNumbers, withPlace } from "./errors.ts";
import { type NumberValue, nearestDouble } from "./number-value.ts";
import { pointerTo } from "./pointer.ts";

/** Goes through an array, an object or another iterable. */
interface Cursor {
  readonly container: object;
  /** The name or the position of the value at hand. */
  step: string | number;
  value: unknown;
  /** Goes on to the next value; returns whether there is one. */
  next(): boolean;
  /** Ends the reading early. */
  close?(): void;
}

class ListCursor implements Cursor {
  readonly container: object & ArrayLike<unknown>;
  step = -1;
  value: unknown;

  constructor(list: object & ArrayLike<unknown>) {
    this.container = list;
  }

  next(): boolean {
    this.step += 1;
    if (this.step >= this.container.length) return false;
    this.value = this.container[this.step];
    return true;
  }
}

class IterableCursor implements Cursor {
  readonly container: Iterable<unknown> & object;
  step = -1;
  value: unknown;
  readonly #values: Iterator<unknown>;

  constructor(iterable: Iterable<unknown> & object) {
    this.container = iterable;
    this.#values = iterable[Symbol.iterator]();
  }

  next(): boolean {
    const { done, value } = this.#values.next();
    this.step += 1;
    this.value = value;
    return !done;
  }

  close(): void {
    this.#values.return?.();
  }
}

class ObjectCursor implements Cursor {
  readonly container: object;
  step = "";
  value: unknown;
  readonly #entries: Iterator<[string, unknown]>;

  constructor(object: object) {
    this.container = object;
    this.#entries = Object.entries(object).values();
  }

  next(): boolean {
    const { done, value } = this.#entries.next();
    if (done) return false;
    [this.step, this.value] = value;
    return true;
  }
}

/** Takes the numbers of nested values as they are found, each with the double nearest to it. */
export class Values {
  /** The values as they were. */
  readonly values: NumberValue[] = [];
  readonly #maxNumbers: number;
  readonly #collector: Collector;
  #doubles = new Float64Array(16);

  constructor(limits: Limits) {
    this.#maxNumbers = limits.maxNumbers ?? Infinity;
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
    const open: Cursor[] = [];
    const ancestors = new Set<unknown>();
    try {
      this.#visit(value, open, ancestors);
      for (let cursor = open.at(-1); cursor !== undefined; cursor = open.at(-1)) {
        if (cursor.next()) {
          this.#visit(cursor.value, open, ancestors);
        } else {
          open.pop();
          ancestors.delete(cursor.container);
          this.#collector.leave();
        }
      }
    } catch (error) {
      for (const cursor of open) cursor.close?.();
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
    const count = this.values.length;
    if (count >= this.#maxNumbers) throw tooManyNumbers(this.#maxNumbers);
    if (count === this.#doubles.length) {
      const larger = new Float64Array(2 * count);
      larger.set(this.#doubles);
      this.#doubles = larger;
    }
    this.#doubles[count] = double;
    this.values.push(value as NumberValue);
  }

  #visit(value: unknown, open: Cursor[], ancestors: Set<unknown>): void {
    const cursor = cursorOf(value);
    if (cursor === undefined) {
      this.add(value);
      return;
    }
    if (ancestors.has(value)) throw new SortedError("CYCLE", "the value contains itself");
    this.#collector.enter();
    ancestors.add(value);
    open.push(cursor);
  }
}

/** Reads an array, a typed array, another iterable or a plain object; undefined for any other value. */
function cursorOf(value: unknown): Cursor | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isList(value)) return new ListCursor(value);
  if (value instanceof ArrayBuffer)
    throw new SortedError(
      "NOT_A_NUMBER",
      "an ArrayBuffer does not say what its bytes are: pass a typed array",
    );
  if (value instanceof Map)
    throw new SortedError("NOT_A_NUMBER", "expected a number, found a Map: pass its values()");
  if (isIterable(value)) return value instanceof String ? undefined : new IterableCursor(value);
  if (isPlainObject(value)) return new ObjectCursor(value);
  return undefined;
}

/** Whether a value is an array or a typed array. */
export function isList(value: unknown): value is object & ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

/** Whether `for … of` can read an object. */
export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

/** Also of another realm: an object whose prototype is null, or has none itself. */
function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
