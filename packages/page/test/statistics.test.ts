import { sortJson } from "@sorted/core";
import fc from "fast-check";
import { test } from "tap";
import { findNumbers } from "../src/answer.ts";
import { divide } from "../src/exact-sum.ts";
import { statisticsOf } from "../src/statistics.ts";

function describe(literals: readonly string[], order: "asc" | "desc" = "asc") {
  const bytes = sortJson(`[${literals}]`, { order }).toBytes();
  return statisticsOf(bytes, findNumbers(bytes));
}

test("a list is described without rounding", async (t) => {
  const literals = ["0.1", "0.2", "9007199254740993", "-5", "0.20", "1e3"];
  for (const order of ["asc", "desc"] as const) {
    t.same(describe(literals, order), {
      count: 6,
      distinct: 5,
      minimum: "-5",
      maximum: "9007199254740993",
      median: { literal: "0.2", isExact: true },
      mean: { literal: "1501199875790331.4167", isExact: false },
      sum: "9007199254741988.5",
    });
  }
});

test("the median of an even count is halfway, to the last digit", async (t) => {
  t.same(describe(["9007199254740993", "9007199254740992"]).median, {
    literal: "9007199254740992.5",
    isExact: true,
  });
  t.same(describe(["7"]).median, { literal: "7", isExact: true });
});

test("numbers that differ only as they are written are not distinct", async (t) => {
  t.equal(describe(["1", "1.0", "1e0", "0.1e1", "10e-1"]).distinct, 1);
  t.equal(describe(["0", "-0", "0.00", "0e5"]).distinct, 1);
  t.equal(describe(["1", "1.00000000000000000001", "1.000000000000000000010"]).distinct, 2);
});

test("what has too many digits is not written out", async (t) => {
  const { sum, mean, median, minimum, distinct } = describe(["1e999999999", "1e-999999999"]);
  t.same([sum, mean, median], [undefined, undefined, undefined]);
  t.equal(minimum, "1e-999999999");
  t.equal(distinct, 2);
  t.equal(describe(["1e999999999", "-1e999999999", "5"]).sum, "5", "what cancels out does not count");
});

test("a mean that does not end is rounded to 20 digits, halves away from 0", async (t) => {
  t.same(divide({ digits: 2n, exponent: 0 }, 3), { literal: "0.66666666666666666667", isExact: false });
  t.same(divide({ digits: -2n, exponent: 0 }, 3), { literal: "-0.66666666666666666667", isExact: false });
  t.same(divide({ digits: 10n ** 30n, exponent: 0 }, 7), {
    literal: "1.4285714285714285714e29",
    isExact: false,
  });
  t.same(divide({ digits: 5n, exponent: 400 }, 2), { literal: "2.5e400", isExact: true });
});

const literal = fc
  .tuple(
    fc.oneof(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.bigInt({ min: -999n, max: 999n })),
    fc.integer({ min: -30, max: 30 }),
  )
  .map(([digits, exponent]) => `${digits}e${exponent}`);

/** A literal, scaled to a whole number. */
function scaled(text: string): bigint {
  const [digits = "", exponent = ""] = text.split("e");
  return BigInt(digits) * 10n ** (BigInt(exponent) + 100n);
}

test("count, distinct and sum are those of whole numbers", async (t) => {
  fc.assert(
    fc.property(fc.array(literal, { minLength: 1, maxLength: 60 }), (literals) => {
      const { count, distinct, sum = "" } = describe(literals);
      const numbers = literals.map(scaled);
      const [mantissa = "", exponent = "0"] = sum.split("e");
      const [whole = "", fraction = ""] = mantissa.split(".");
      const total = BigInt(whole + fraction) * 10n ** (BigInt(exponent) - BigInt(fraction.length) + 100n);
      return (
        count === literals.length &&
        distinct === new Set(numbers).size &&
        total === numbers.reduce((a, b) => a + b, 0n)
      );
    }),
    { seed: 25, numRuns: 500 },
  );
  t.pass();
});

test("many numbers of the same power add up", async (t) => {
  const literals = Array.from({ length: 5000 }, (_, i) => String(8_000_000_000_000 - i));
  t.equal(describe(literals).sum, String(8_000_000_000_000n * 5000n - (4999n * 5000n) / 2n));
});
