import type { Collector } from "./collector.ts";
import { SortedError, withPlace } from "./errors.ts";
import { readNumber } from "./number.ts";
import { pointerTo } from "./pointer.ts";
import { END, StringReader, skipWhiteSpace, unexpected } from "./reader.ts";

/** One number as a JavaScript value: a string holds one number in the notation of the string forms. */
export type NumberValue = number | bigint | string;

type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** Numbers in arrays, typed arrays and plain objects, nested at will. */
export type NumberValues =
  | NumberValue
  | TypedArray
  | readonly NumberValues[]
  | { readonly [name: string]: NumberValues };

/**
 * Collects one value. A JavaScript number is the decimal that `String` prints for it: the shortest one that it is
 * nearest to, so that 0.1 equals "0.1".
 *
 * @throws {SortedError} NOT_A_NUMBER for anything that is no number: NaN, Infinity, a list in a string, true, null, …
 */
export function collectValue(value: unknown, collector: Collector): asserts value is NumberValue {
  if (typeof value !== "string" && typeof value !== "bigint" && !Number.isFinite(value)) {
    throw new SortedError("NOT_A_NUMBER", `expected a number, found ${describe(value)}`);
  }
  const reader = new StringReader(String(value));
  try {
    skipWhiteSpace(reader);
    readNumber(reader, collector, "loose");
    skipWhiteSpace(reader);
    if (reader.code !== END) throw unexpected(reader, "NOT_A_NUMBER", "the end of the string");
  } catch (error) {
    // An offset into one of many values says less than the pointer to the value, which the caller adds.
    throw withPlace(error, () => ({}));
  }
}

/** An array or object that is being read. */
interface Container {
  readonly value: unknown;
  readonly entries: Iterator<[string | number, unknown]>;
  step: string | number;
}

/**
 * Collects the numbers of nested values in order, and returns them as the values that they were.
 *
 * @throws {SortedError} with the pointer to the value
 */
export function collectValues(values: unknown, collector: Collector): NumberValue[] {
  const collected: NumberValue[] = [];
  const open: Container[] = [];
  const ancestors = new Set<unknown>();

  const visit = (value: unknown) => {
    const entries = entriesOf(value);
    if (entries === undefined) {
      collectValue(value, collector);
      collected.push(value);
      return;
    }
    if (ancestors.has(value)) throw new SortedError("CYCLE", "the value contains itself");
    collector.enter();
    ancestors.add(value);
    open.push({ value, entries, step: 0 });
  };

  try {
    visit(values);
    for (let container = open.at(-1); container !== undefined; container = open.at(-1)) {
      const next = container.entries.next();
      if (next.done) {
        open.pop();
        ancestors.delete(container.value);
        collector.leave();
      } else {
        container.step = next.value[0];
        visit(next.value[1]);
      }
    }
  } catch (error) {
    throw withPlace(error, () => pointerTo(open.map(({ step }) => step)));
  }
  return collected;
}

/** What an array, a typed array or a plain object holds; undefined for any other value. */
function entriesOf(value: unknown): Iterator<[string | number, unknown]> | undefined {
  if (Array.isArray(value)) return value.entries();
  if (ArrayBuffer.isView(value) && "length" in value) return Array.prototype.entries.call(value);
  if (isPlainObject(value)) return Object.entries(value).values();
  return undefined;
}

/** Also of another realm: an object whose prototype is null, or has none itself. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  const isObject = typeof value === "function" || (typeof value === "object" && value !== null);
  return isObject ? Object.prototype.toString.call(value) : String(value);
}
