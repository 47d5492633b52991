import { compareNumbers, sortNumbers } from "@sorted/core";
import fc from "fast-check";
import { test } from "tap";
import type { Bar, Histogram } from "../src/bars.ts";
import { histogram } from "../src/histogram.ts";

const listOf = (literals: readonly string[]) => {
  const sorted = sortNumbers(literals).map(String);
  return { count: sorted.length, literal: (index: number) => sorted[index] ?? "" };
};

/** Whether a number belongs to a bar. The edge nearer to 0 does. */
function isIn({ from, to }: Bar, scale: Histogram["scale"], literal: string): boolean {
  const [afterFrom, beforeTo] = [compareNumbers(literal, from), compareNumbers(literal, to)];
  if (from === to) return afterFrom === 0;
  const isMirrored = scale === "logarithmic" && compareNumbers(from, "0") < 0;
  return isMirrored ? afterFrom > 0 && beforeTo <= 0 : afterFrom >= 0 && beforeTo < 0;
}

const literal = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
    fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -999_999_999, max: 999_999_999 })),
  )
  .map(([digits, exponent]) => `${digits}e${exponent}`);

test("every number is in one bar, and in the one that it belongs to", async (t) => {
  fc.assert(
    fc.property(fc.array(literal, { minLength: 1, maxLength: 40 }), (literals) => {
      const { bars, scale } = histogram(listOf(literals));
      const sum = bars.reduce((total, { count }) => total + count, 0);
      if (sum !== literals.length) return false;
      if (bars.length === 1) return true;
      return bars.every((bar) => bar.count === literals.filter((one) => isIn(bar, scale, one)).length);
    }),
    { seed: 10, numRuns: 300 },
  );
  t.pass();
});

test("numbers that lie together get a linear axis with round edges", async (t) => {
  const { scale, bars } = histogram(listOf(["1", "2", "3", "7", "10"]));
  t.equal(scale, "linear");
  t.match(bars[0], { from: "1", to: "2", count: 1 });
  t.match(bars.at(-1), { from: "10", to: "11", count: 1 });
});

test("numbers that no double tells apart are told apart", async (t) => {
  const { bars } = histogram(listOf(["9007199254740992", "9007199254740993"]));
  t.same(
    bars.filter(({ count }) => count > 0).map(({ count }) => count),
    [1, 1],
  );
});

test("numbers at the farthest exponents that can be written get edges beyond them", async (t) => {
  for (const end of ["e999999999", "e-999999999"]) {
    const { scale, bars } = histogram(listOf([`-9.9${end}`, `1${end}`, `99${end}`]));
    t.equal(scale, "linear");
    t.equal(
      bars.reduce((sum, { count }) => sum + count, 0),
      3,
    );
  }
});

test("wild exponents of both signs get powers of ten, and zero its own bar", async (t) => {
  const { scale, bars, ticks } = histogram(
    listOf(["-1e400", "-5", "0", "0.0", "1e-400", "3", "1e999999999", "4", "2", "1"]),
  );
  t.equal(scale, "logarithmic");
  t.same(
    bars.find(({ from, to }) => from === to),
    { from: "0", to: "0", count: 2 },
  );
  t.ok(ticks.some(({ label }) => label === "0"));
  t.ok(ticks.length < 15);
});

test("equal numbers are one bar", async (t) => {
  t.same(histogram(listOf(["1", "1.0", "1e0"])).bars, [{ from: "1", to: "1e0", count: 3 }]);
  t.same(histogram(listOf(["0", "-0"])).bars.length, 1);
});
