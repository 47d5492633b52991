import { test } from "tap";
import { sortJson, sortNumbers, sortText } from "../src/index.ts";

const BAD: readonly [options: object, message: string][] = [
  [{ order: "up" }, 'option "order" must be "asc" or "desc"'],
  [{ order: null }, 'option "order" must be "asc" or "desc"'],
  [{ unique: "true" }, 'option "unique" must be a boolean'],
  [{ limit: -1 }, 'option "limit" must be an integer of 0 or more'],
  [{ limit: 1.5 }, 'option "limit" must be an integer of 0 or more'],
  [{ limit: "1" }, 'option "limit" must be an integer of 0 or more'],
  [{ limit: Number.NaN }, 'option "limit" must be an integer of 0 or more'],
  [{ maxDepth: -1 }, 'option "maxDepth" must be an integer of 0 or more'],
  [{ maxNumbers: 1n }, 'option "maxNumbers" must be an integer of 0 or more'],
  [{ maxNumbers: Number.NEGATIVE_INFINITY }, 'option "maxNumbers" must be an integer of 0 or more'],
  [
    { size: 1 },
    'unknown option "size"; the options are order, unique, limit, decimal, header, column, field, empty, maxDepth, maxNumbers',
  ],
  [
    { toString: 1 },
    'unknown option "toString"; the options are order, unique, limit, decimal, header, column, field, empty, maxDepth, maxNumbers',
  ],
];

test("a bad option is refused by name, before the input is looked at", async (t) => {
  for (const sort of [sortJson, sortText, sortNumbers]) {
    for (const [options, message] of BAD) {
      t.throws(
        () => Reflect.apply(sort, undefined, ["x", options]),
        {
          code: "BAD_OPTION",
          message: sort === sortNumbers ? message.replace(/maxNumbers$/, "$&, by") : message,
        },
        message,
      );
    }
  }
});

test("an option that is undefined is one that is not given", async (t) => {
  const options = { order: undefined, unique: undefined, limit: undefined, maxDepth: undefined };
  t.strictSame(Reflect.apply(sortNumbers, undefined, [[2, 1, 1], options]), [1, 1, 2]);
});

test("frozen options are checked as others are, each time that they are bad", (t) => {
  const good = Object.freeze({ limit: 1 });
  const bad = Object.freeze({ limit: -1 });
  for (let time = 0; time < 2; time += 1) {
    t.strictSame([...sortJson("[2,1]", good).literals()], ["1"]);
    t.throws(() => sortJson("[2,1]", bad), { code: "BAD_OPTION" });
  }
  t.end();
});
