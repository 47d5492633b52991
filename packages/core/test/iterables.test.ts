import { test } from "tap";
import { sortNumbers } from "../src/index.ts";

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

class Point {
  readonly x = 1;
}

function* numbers(): Generator<number | bigint> {
  yield 3;
  yield 1n;
  yield 2;
}

test("any iterable is read as its items", async (t) => {
  t.strictSame(sortNumbers(new Set([3, 1, 2])), [1, 2, 3]);
  t.strictSame(sortNumbers(numbers()), [1n, 2, 3]);
  t.strictSame(
    sortNumbers(
      new Map([
        ["a", 2],
        ["b", 1],
      ]).values(),
    ),
    [1, 2],
  );
  t.strictSame(sortNumbers({ a: new Set([3]), b: [numbers()] }), [1n, 2, 3, 3]);
});

test("a fault ends the reading, and the pointer counts the items", async (t) => {
  let isClosed = false;
  function* endless(): Generator<number> {
    try {
      for (let i = 0; ; i += 1) yield i;
    } finally {
      isClosed = true;
    }
  }
  t.throws(() => sortNumbers([0, endless()], { maxNumbers: 3 }), {
    code: "TOO_MANY_NUMBERS",
    pointer: "/1/2",
  });
  t.ok(isClosed);
});

test("what holds no numbers of its own is refused by its class", async (t) => {
  const refused: readonly [unknown, string][] = [
    [new Point(), "expected a number, found an object of class Point"],
    [new Date(0), "expected a number, found an object of class Date"],
    [new Map(), "expected a number, found a Map: pass its values()"],
    [new ArrayBuffer(8), "an ArrayBuffer does not say what its bytes are: pass a typed array"],
    [Object("12"), "expected a number, found an object of class String"],
    [() => 1, "expected a number, found a function"],
  ];
  for (const [value, detail] of refused)
    t.throws(
      () => Reflect.apply(sortNumbers, undefined, [[value]]),
      { code: "NOT_A_NUMBER", detail, pointer: "/0" },
      detail,
    );
});

test("an async iterable gives an async iterable", async (t) => {
  async function* later(): AsyncGenerator<number | number[]> {
    yield 3;
    yield [1, 2];
  }
  t.strictSame(await collect(sortNumbers(later())), [1, 2, 3]);
  async function* rows(): AsyncGenerator<{ price: string }> {
    yield { price: "2" };
    yield { price: "1" };
  }
  t.strictSame(await collect(sortNumbers(rows(), { by: (row) => row.price, limit: 1 })), [{ price: "1" }]);
});

test("a web stream too, also where streams don't iterate, and it is cancelled at a fault", async (t) => {
  const stream = ReadableStream.from([3n, 1n, 2n]);
  t.strictSame(await collect(sortNumbers(stream)), [1n, 2n, 3n]);

  let isCancelled = false;
  const broken = new ReadableStream<number>({
    start: (controller) => {
      controller.enqueue(1);
      controller.enqueue(Number.NaN);
    },
    cancel: () => {
      isCancelled = true;
    },
  });
  Object.defineProperty(broken, Symbol.asyncIterator, { value: undefined });
  await t.rejects(collect(sortNumbers(broken)), { code: "NOT_A_NUMBER", pointer: "/1" });
  t.ok(isCancelled);
});
