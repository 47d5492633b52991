import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { test } from "tap";
import { compareNumbers, SortedError } from "../src/index.ts";
import { numberValue } from "./arbitraries/value.ts";
import { compare } from "./oracle.ts";
import { testProperty } from "./suites/property.ts";

test("compareNumbers", async (t) => {
  testProperty(
    t,
    "says what the oracle says of the decimals that String prints",
    fc.property(numberValue, numberValue, (a, b) => {
      equal(compareNumbers(a, b), compare(String(a).trim(), String(b).trim()));
    }),
  );

  testProperty(
    t,
    "is reflexive, and antisymmetric",
    fc.property(numberValue, numberValue, (a, b) => {
      equal(compareNumbers(a, a), 0);
      equal(compareNumbers(a, b) + compareNumbers(b, a), 0);
    }),
  );

  testProperty(
    t,
    "is transitive, also where numbers are equal",
    fc.property(numberValue, numberValue, numberValue, (a, b, c) => {
      if (compareNumbers(a, b) <= 0 && compareNumbers(b, c) <= 0) ok(compareNumbers(a, c) <= 0);
      if (compareNumbers(a, b) === 0) equal(compareNumbers(a, c), compareNumbers(b, c));
    }),
  );

  testProperty(
    t,
    "orders doubles as JavaScript does",
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (a, b) => {
        equal(compareNumbers(a, b), Math.sign(a - b) + 0);
      },
    ),
  );

  testProperty(
    t,
    "orders bigints as JavaScript does",
    fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
      equal(compareNumbers(a, b), a < b ? -1 : a > b ? 1 : 0);
    }),
  );

  testProperty(
    t,
    "does for Array.prototype.sort what sorting twice does not change",
    fc.property(fc.array(numberValue), (values) => {
      const once = values.toSorted(compareNumbers);
      deepEqual(once.toSorted(compareNumbers), once);
    }),
  );

  t.test("tells apart what doubles can't, and only that", async (t) => {
    t.equal(compareNumbers("9007199254740993", 9007199254740992), 1);
    t.equal(compareNumbers(0.1, "0.1"), 0);
    t.equal(compareNumbers(0.1, "0.1000000000000000055511151231257827"), -1);
    t.equal(compareNumbers("1e400", "1e401"), -1);
    t.equal(compareNumbers(-0, 0), 0);
    t.equal(compareNumbers(10n, "1e1"), 0);
    t.equal(compareNumbers(" +.5 ", 0.5), 0);
  });

  t.test("refuses what is not a number", async (t) => {
    for (const value of ["", "x", "1 2", "[1]", "1,", "0x10", Number.NaN, Number.POSITIVE_INFINITY]) {
      t.throws(() => compareNumbers(1, value), { name: "SortedError", code: "NOT_A_NUMBER" }, String(value));
      t.throws(() => compareNumbers(value, 1), { name: "SortedError", code: "NOT_A_NUMBER" }, String(value));
    }
    t.throws(() => compareNumbers("1e1000000000", 0), { code: "EXPONENT_OUT_OF_RANGE" });
  });

  t.test("gives no place: it would lie in one value of two", async (t) => {
    t.plan(2);
    try {
      compareNumbers("1x", 0);
    } catch (error) {
      t.ok(error instanceof SortedError);
      t.equal(String(error), 'SortedError: expected the end of the string, found "x" in "1x"');
    }
  });
});
