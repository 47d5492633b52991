import { test } from "tap";
import { type NumberValue, sortNumbers } from "../src/index.ts";

/** Compiles only where the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;

function isTyped<Expected>() {
  return <Actual>(_: Actual, same: Same<Actual, Expected>): boolean => same;
}

interface Prices {
  readonly low: number;
  readonly all: number[];
}

interface Row {
  readonly price: bigint;
}

test("the types keep the type of the numbers", async (t) => {
  const prices: Prices = { low: 1, all: [2] };
  const rows: Row[] = [{ price: 1n }];
  const mixed: (number | string)[] = [1, "2"];
  t.ok(isTyped<number[]>()(sortNumbers(prices.all), true));
  t.ok(isTyped<(number | string)[]>()(sortNumbers(mixed), true));
  t.ok(isTyped<number[]>()(sortNumbers(new Float64Array(1)), true));
  t.ok(isTyped<bigint[]>()(sortNumbers(new BigInt64Array(1)), true));
  t.ok(isTyped<bigint[]>()(sortNumbers(new Set([1n])), true));
  t.ok(isTyped<number[]>()(sortNumbers(prices), true));
  t.ok(isTyped<(number | bigint)[]>()(sortNumbers({ a: prices.all, b: new BigInt64Array(1) }), true));
  t.ok(isTyped<Row[]>()(sortNumbers(rows, { by: (row) => row.price }), true));
  t.ok(
    isTyped<AsyncIterable<Row>>()(sortNumbers(ReadableStream.from(rows), { by: (row) => row.price }), true),
  );
  t.ok(isTyped<AsyncIterable<bigint>>()(sortNumbers(ReadableStream.from([1n])), true));
  const any: NumberValue[] = sortNumbers(mixed);
  t.equal(any.length, 2);
});

test("the types refuse what is not a number", async (t) => {
  const isRefused = (call: () => unknown) => t.throws(call, { name: "SortedError" });
  // @ts-expect-error
  isRefused(() => sortNumbers([true]));
  // @ts-expect-error
  isRefused(() => sortNumbers({ a: null }));
  // @ts-expect-error
  isRefused(() => sortNumbers([1], (a: number, b: number) => a - b));
  // @ts-expect-error
  isRefused(() => sortNumbers([{ price: true }], { by: (row) => row.price }));
});
