import { deepEqual } from "node:assert/strict";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { test } from "tap";
import {
  compareNumbers,
  type NumberValues,
  SortedError,
  type SortOptions,
  sortJson,
  sortNumbers,
} from "../src/index.ts";
import { jsonNumber } from "./arbitraries/number.ts";
import { numberValue } from "./arbitraries/value.ts";
import { compare } from "./oracle.ts";
import { testProperty } from "./suites/property.ts";

const order = fc.constantFrom("asc", "desc");

test("sortNumbers", async (t) => {
  testProperty(
    t,
    "gives the values themselves, in the order that compareNumbers says, stable",
    fc.property(fc.array(numberValue), order, (values, order) => {
      const direction = order === "desc" ? -1 : 1;
      deepEqual(
        sortNumbers(values, { order }),
        values.toSorted((a, b) => direction * compareNumbers(a, b)),
      );
    }),
  );

  testProperty(
    t,
    "agrees with sortJson on the same numbers and options",
    fc.property(fc.array(jsonNumber), order, fc.boolean(), fc.nat(12), (numbers, order, unique, limit) => {
      const options: SortOptions = { order, unique, limit };
      deepEqual(sortNumbers(numbers, options), [...sortJson(`[${numbers.join()}]`, options).literals()]);
    }),
  );

  testProperty(
    t,
    "reads a tree as sortJson reads its JSON",
    fc.property(treeOf(fc.integer()), (tree) => {
      deepEqual(sortNumbers(tree).map(String), [...sortJson(JSON.stringify(tree)).literals()]);
    }),
  );

  testProperty(
    t,
    "unique keeps the first of equal values",
    fc.property(fc.array(numberValue), (values) => {
      const text = (value: unknown) => String(value).trim();
      const all = sortNumbers(values);
      const firsts = all.filter((value, i) => i === 0 || compare(text(all[i - 1]), text(value)) !== 0);
      deepEqual(sortNumbers(values, { unique: true }), firsts);
    }),
  );

  t.test("gives each value back as it was", async (t) => {
    t.strictSame(sortNumbers(["+4", 3, 2n, "1.0", " 5 ", "007"]), ["1.0", 2n, 3, "+4", " 5 ", "007"]);
    t.ok(Object.is(sortNumbers([-0])[0], -0));
    t.strictSame(sortNumbers(["1", 1, 1n, "1.0"]), ["1", 1, 1n, "1.0"]);
  });

  t.test("takes one value, arrays, typed arrays and plain objects, nested", async (t) => {
    t.strictSame(sortNumbers(7), [7]);
    t.strictSame(sortNumbers("7"), ["7"]);
    t.strictSame(sortNumbers([]), []);
    t.strictSame(sortNumbers({}), []);
    t.strictSame(sortNumbers([[3, [1]], { a: 2, b: [0, {}] }]), [0, 1, 2, 3]);
    t.strictSame(sortNumbers(new Float64Array([3, 0.5, -1])), [-1, 0.5, 3]);
    t.strictSame(sortNumbers(new Float32Array([0.5, 0.1])), [Math.fround(0.1), 0.5]);
    t.strictSame(sortNumbers(new BigUint64Array([3n, 2n ** 64n - 1n, 1n])), [1n, 3n, 2n ** 64n - 1n]);
    t.strictSame(sortNumbers({ a: new Uint8Array([3, 1]), b: [2n] }), [1, 2n, 3]);
    t.strictSame(sortNumbers(Object.assign(Object.create(null), { a: 2, b: 1 })), [1, 2]);
    t.strictSame(sortNumbers(runInNewContext("[{ a: 2 }, [1]]")), [1, 2]);
    t.strictSame(sortNumbers(JSON.parse('{"__proto__":{"a":2},"b":1}')), [1, 2]);
  });

  t.test("reads objects in the order of Object.keys", async (t) => {
    t.strictSame(sortNumbers({ b: "1.0", a: "1", 0: "1e0" }), ["1e0", "1.0", "1"]);
  });

  t.test("reads what occurs twice twice; only a cycle is an error", async (t) => {
    const shared = [1];
    t.strictSame(sortNumbers([shared, [2], shared, { shared }]), [1, 1, 1, 2]);

    const array: NumberValues[] = [1];
    array.push([2, { again: array }]);
    t.throws(() => sortNumbers(array), { code: "CYCLE", pointer: "/1/1/again" });
    const object: { a: number; self?: NumberValues } = { a: 1 };
    object.self = object;
    t.throws(() => sortNumbers(object), { code: "CYCLE", pointer: "/self" });
  });

  t.test("leaves its input alone", async (t) => {
    const values = Object.freeze([3, 1, 2]);
    t.strictSame(sortNumbers(values), [1, 2, 3]);
    t.strictSame(values, [3, 1, 2]);
  });

  t.test("refuses what is not a number, and says where", async (t) => {
    const noNumbers: unknown[] = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      true,
      null,
      undefined,
      Symbol("1"),
      () => 1,
      new Date(0),
      new Map([[1, 2]]),
      Object(1),
      /1/,
      new DataView(new ArrayBuffer(8)),
      new ArrayBuffer(8),
      new (class Point {
        x = 1;
      })(),
      "",
      " ",
      "x",
      "1x",
      "1 2",
      "1,",
      "[1]",
      "'1'",
      "1_000",
      "NaN",
    ];
    for (const value of noNumbers) {
      const title = typeof value === "string" ? JSON.stringify(value) : Object.prototype.toString.call(value);
      t.throws(
        () => sortUnchecked([0, { "a/b": value }]),
        { code: "NOT_A_NUMBER", pointer: "/1/a~1b" },
        title,
      );
    }
    t.throws(() => sortUnchecked(Array(1)), { code: "NOT_A_NUMBER", pointer: "/0" }, "a hole in an array");
    t.throws(() => sortNumbers(["1e1000000000"]), { code: "EXPONENT_OUT_OF_RANGE", pointer: "/0" });
    t.throws(() => sortUnchecked(undefined), { code: "NOT_A_NUMBER", pointer: "" });
  });

  t.test("gives no offset: it would lie in one value of many", async (t) => {
    t.plan(3);
    for (const value of ["1x", "1e1000000000", Number.NaN]) {
      try {
        sortNumbers([value]);
      } catch (error) {
        t.notOk(error instanceof SortedError && "offset" in error);
      }
    }
  });

  t.test("lets an error of the caller's own code through", async (t) => {
    const value = {
      get a(): number {
        throw new RangeError("not today");
      },
    };
    t.throws(() => sortNumbers([value]), { name: "RangeError", message: "not today" });
  });

  t.test("keeps to its limits", async (t) => {
    t.throws(() => sortNumbers([1, [2]], { maxDepth: 1 }), { code: "TOO_DEEP", pointer: "/1" });
    t.throws(() => sortNumbers([1, 2, 3], { maxNumbers: 2 }), { code: "TOO_MANY_NUMBERS", pointer: "/2" });
    t.strictSame(sortNumbers([[1]], { maxDepth: 2, maxNumbers: 1 }), [1]);

    const nested = (depth: number) => {
      let value: NumberValues = 1;
      for (let i = 0; i < depth; i += 1) value = [value];
      return value;
    };
    t.strictSame(sortNumbers(nested(512)), [1]);
    t.throws(() => sortNumbers(nested(513)), { code: "TOO_DEEP" });
    t.strictSame(sortNumbers(nested(100_000), { maxDepth: 100_000 }), [1], "no stack is used");
  });
});

/** As JavaScript calls it, where no type was checked. */
function sortUnchecked(value: unknown): unknown {
  return Reflect.apply(sortNumbers, undefined, [value]);
}

function treeOf(leaf: fc.Arbitrary<NumberValues>): fc.Arbitrary<NumberValues> {
  return fc.letrec<{ tree: NumberValues; array: NumberValues; object: NumberValues }>((tie) => ({
    tree: fc.oneof({ depthSize: "medium" }, leaf, tie("array"), tie("object")),
    array: fc.array(tie("tree"), { maxLength: 5 }),
    object: fc.dictionary(fc.string({ maxLength: 3 }), tie("tree"), { maxKeys: 5 }),
  })).tree;
}
