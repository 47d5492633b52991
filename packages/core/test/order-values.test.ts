import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { test } from "tap";
import { compareNumbers, type NumberValue, sortNumbers } from "../src/index.ts";
import { numberValue } from "./arbitraries/value.ts";
import { compare } from "./oracle.ts";
import { testProperty } from "./suites/property.ts";

/** Enough of them for a radix sort. */
const many = { minLength: 250, maxLength: 600 };

const order = fc.constantFrom("asc", "desc");

/** Decimals around one double, most of which no double tells apart. */
const crowded = fc
  .tuple(fc.constantFrom("0.1", "9007199254740993", "1e400", "-1e-400", "0", "123456789012345"), fc.nat(3))
  .map(
    ([number, zeros]): NumberValue =>
      number.includes("e")
        ? number
        : `${number}${".".repeat(number.includes(".") ? 0 : 1)}${"0".repeat(zeros)}1`,
  );

test("values that doubles tell apart, and those that they don't", async (t) => {
  testProperty(
    t,
    "come in their exact order, stable",
    fc.property(fc.array(fc.oneof(numberValue, crowded), many), order, (values, order) => {
      const direction = order === "desc" ? -1 : 1;
      const expected = values.toSorted((a, b) => direction * compare(String(a).trim(), String(b).trim()));
      deepEqual(sortNumbers(values, { order }), expected);
    }),
  );

  testProperty(
    t,
    "are left once by unique, and cut by limit",
    fc.property(fc.array(fc.oneof(numberValue, crowded), many), order, fc.nat(30), (values, order, limit) => {
      const all = sortNumbers(values, { order });
      const firsts = all.filter((value, i) => i === 0 || compareNumbers(all[i - 1] ?? 0, value) !== 0);
      deepEqual(sortNumbers(values, { order, unique: true, limit }), firsts.slice(0, limit));
    }),
  );
});

test("plain numbers", async (t) => {
  const double = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1, -1, Number.MIN_VALUE, Number.MAX_VALUE),
  );
  testProperty(
    t,
    "come in the order of the stable comparison, with 0 and -0 as they came",
    fc.property(fc.array(double, { maxLength: 200 }), order, fc.boolean(), (values, order, unique) => {
      const direction = order === "desc" ? -1 : 1;
      const sorted = values.toSorted((a, b) => direction * (a - b));
      const expected = unique ? sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]) : sorted;
      deepEqual(sortNumbers(values, { order, unique }), expected);
      deepEqual(sortNumbers(Float64Array.from(values), { order, unique }), expected);
    }),
  );

  t.test("in order already, or the other way round", async (t) => {
    const ascending = Array.from({ length: 100 }, (_, i) => i >> 1);
    t.strictSame(sortNumbers(ascending), ascending);
    t.strictSame(sortNumbers(ascending.toReversed()), ascending);
    t.strictSame(sortNumbers(ascending, { order: "desc" }), ascending.toReversed());
  });
});
