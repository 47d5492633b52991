import { test } from "tap";
import { sortNumbers } from "../src/index.ts";

const rows = [
  { name: "b", price: "10.50" },
  { name: "a", price: 9 },
  { name: "c", price: 10.5 },
];

test("rows are sorted by the number that `by` names, stable, and come back themselves", async (t) => {
  const sorted = sortNumbers(rows, { by: (row) => row.price });
  t.strictSame(
    sorted.map(({ name }) => name),
    ["a", "b", "c"],
  );
  t.equal(sorted[0], rows[1]);
  t.strictSame(sortNumbers(rows, { by: (row) => row.price, order: "desc", unique: true, limit: 1 }), [
    rows[0],
  ]);
  t.strictSame(
    sortNumbers(
      new Map([
        ["x", 2n],
        ["y", 1n],
      ]),
      { by: ([, value]) => value },
    ),
    [
      ["y", 1n],
      ["x", 2n],
    ],
  );
});

test("a row without a number is refused by its place", async (t) => {
  const by = (row: unknown) => Reflect.get(Object(row), "price");
  t.throws(() => sortNumbers([...rows, {}], { by }), { code: "NOT_A_NUMBER", pointer: "/3" });
  t.throws(() => sortNumbers([{ price: [1] }], { by }), {
    code: "NOT_A_NUMBER",
    detail: "expected a number, found an array",
  });
  t.throws(() => sortNumbers(rows, { by, maxNumbers: 2 }), { code: "TOO_MANY_NUMBERS", pointer: "/2" });
});

test("an error of `by` passes through", async (t) => {
  const by = () => {
    throw new RangeError("not today");
  };
  t.throws(() => sortNumbers(rows, { by }), { name: "RangeError", message: "not today" });
});

test("a wrong argument is refused by name", async (t) => {
  const call = (...args: unknown[]) => Reflect.apply(sortNumbers, undefined, args);
  const refused: readonly [unknown[], string][] = [
    [
      [[1], (a: number, b: number) => a - b],
      'argument "options" must be an object of options, found a function',
    ],
    [[[1], null], 'argument "options" must be an object of options, found null'],
    [[[1], "desc"], 'argument "options" must be an object of options, found desc'],
    [[[1], []], 'argument "options" must be an object of options, found an array'],
    [[[1], { by: "price" }], 'option "by" must be a function'],
    [
      [{ a: 1 }, { by: Number }],
      'argument "values" must be an iterable of rows where there is an option "by", found an object',
    ],
  ];
  for (const [args, message] of refused)
    t.throws(() => call(...args), { code: "BAD_OPTION", message }, message);
});
