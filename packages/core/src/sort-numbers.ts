import { isAsyncSource, itemsOf } from "./async-source.ts";
import { SortedError, withPlace } from "./errors.ts";
import type { AsyncSource, NumberIn, Numeric } from "./number-types.ts";
import { describe, type NumberValue, nearestDouble } from "./number-value.ts";
import { checkRowOptions, type ReadOptions, type RowOptions } from "./options.ts";
import { orderValues } from "./order-values.ts";
import { pointerTo } from "./pointer.ts";
import { sortDoubles } from "./sort-doubles.ts";
import { isIterable, isList, Values } from "./values.ts";

/**
 * Sorts JavaScript values; each comes back as the value that it was. Objects are read in the order of `Object.keys`,
 * which puts names that look like array indices first. An async iterable or a web stream is read to its end when the
 * result is first asked for a number.
 *
 * Takes O(n) for doubles that are in order, O(n log n) for others, O(n) for values that their first 15 digits tell apart.
 *
 * @throws {SortedError} NOT_A_NUMBER, EXPONENT_OUT_OF_RANGE, CYCLE, TOO_DEEP, TOO_MANY_NUMBERS with a pointer; BAD_OPTION
 * @example
 * sortNumbers([10, 9, 1]); // [1, 9, 10]
 * sortNumbers([2n ** 64n, "18446744073709551615.5", 0.1]); // [0.1, "18446744073709551615.5", 18446744073709551616n]
 * sortNumbers([{ price: 3 }, { price: 1 }], { by: (row) => row.price }); // [{ price: 1 }, { price: 3 }]
 */
export function sortNumbers<Row>(rows: Iterable<Row>, options: RowOptions<Row>): Row[];
export function sortNumbers<Row>(rows: AsyncSource<Row>, options: RowOptions<Row>): AsyncIterable<Row>;
export function sortNumbers<Value extends NumberValue>(
  values: Iterable<Value>,
  options?: ReadOptions,
): Value[];
export function sortNumbers<Values>(
  values: AsyncSource<Values & Numeric<Values>>,
  options?: ReadOptions,
): AsyncIterable<NumberIn<Values>>;
export function sortNumbers<Values>(
  values: Values & Numeric<Values>,
  options?: ReadOptions,
): NumberIn<Values>[];
export function sortNumbers(
  values: unknown,
  options: ReadOptions & Partial<RowOptions<unknown>> = {},
): unknown[] | AsyncIterable<unknown> {
  checkRowOptions(options);
  if (isAsyncSource(values)) return sortLater(values, options);
  if (options.by !== undefined) return sortRows(values, options);
  const { maxDepth = 1, maxNumbers = Infinity } = options;
  if (isList(values) && values.length <= maxNumbers && maxDepth > 0) {
    const sorted = sortDoubles(values, options) ?? sortFlat(values, options);
    if (sorted !== undefined) return sorted;
  }
  const collected = new Values(options);
  collected.collect(values);
  return inOrder(collected.values, collected, options);
}

/** Sorts a list that holds nothing but numbers, without a copy of it; undefined where it holds an object. */
function sortFlat(values: ArrayLike<unknown>, options: ReadOptions): unknown[] | undefined {
  const doubles = new Float64Array(values.length);
  let i = 0;
  try {
    for (; i < values.length; i += 1) {
      const value = values[i];
      if (typeof value === "object") return undefined;
      doubles[i] = nearestDouble(value);
    }
  } catch (error) {
    throw withPlace(error, () => pointerTo([i]));
  }
  return inOrder(values, { values, doubles }, options);
}

function sortRows(values: unknown, options: ReadOptions & Partial<RowOptions<unknown>>): unknown[] {
  if (!isIterable(values)) {
    throw new SortedError(
      "BAD_OPTION",
      `argument "values" must be an iterable of rows where there is an option "by", found ${describe(values)}`,
    );
  }
  const rows = new Items(options);
  for (const row of values) rows.add(row);
  return rows.sorted();
}

async function* sortLater(
  source: AsyncSource<unknown>,
  options: ReadOptions & Partial<RowOptions<unknown>>,
): AsyncGenerator<unknown, void, undefined> {
  const items = new Items(options);
  for await (const item of itemsOf(source)) items.add(item);
  yield* items.sorted();
}

/** Takes the items of a list one by one: rows, or values that hold any numbers. */
class Items {
  readonly #options: ReadOptions & Partial<RowOptions<unknown>>;
  readonly #values: Values;
  readonly #rows: unknown[] = [];
  #count = 0;

  constructor(options: ReadOptions & Partial<RowOptions<unknown>>) {
    this.#options = options;
    this.#values = new Values(options);
    this.#values.enter();
  }

  add(item: unknown): void {
    const { by } = this.#options;
    const position = this.#count;
    this.#count += 1;
    if (by === undefined) {
      this.#values.collect(item, [position]);
      return;
    }
    const value = by(item);
    try {
      this.#values.add(value);
    } catch (error) {
      throw withPlace(error, () => pointerTo([position]));
    }
    this.#rows.push(item);
  }

  sorted(): unknown[] {
    const items = this.#options.by === undefined ? this.#values.values : this.#rows;
    return inOrder(items, this.#values, this.#options);
  }
}

function inOrder(
  items: ArrayLike<unknown>,
  { values, doubles }: Pick<Values, "doubles"> & { readonly values: ArrayLike<unknown> },
  options: ReadOptions,
): unknown[] {
  const order = orderValues(values, doubles, options);
  const sorted = new Array<unknown>(order.length);
  for (let place = 0; place < order.length; place += 1) sorted[place] = items[Number(order[place])];
  return sorted;
}
