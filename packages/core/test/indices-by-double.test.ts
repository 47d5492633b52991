/** The ways of the sort by doubles: it goes by how many there are, and how many share their first 32 bits. */
import { test } from "tap";
import { indicesByDouble } from "../src/indices-by-double.ts";

const pseudoRandom = (i: number) => (Math.imul(i, 0x9e3779b1) >>> 0) / 2 ** 32;

const sets: { readonly [title: string]: (i: number) => number } = {
  "of any magnitude and sign": (i) => (i % 2 ? -1 : 1) * 10 ** (600 * pseudoRandom(i) - 300),
  "that share their first word": (i) => 1 + Math.floor(pseudoRandom(i) * 2 ** 30) / 2 ** 52,
  "that are negative and share it": (i) => -1 - Math.floor(pseudoRandom(i) * 2 ** 30) / 2 ** 52,
  "of which few share it": (i) =>
    Math.floor(pseudoRandom(i) * 100) + Math.floor(pseudoRandom(i + 7) * 5) / 2 ** 40,
  "with equal ones": (i) => Math.floor(pseudoRandom(i) * 10) - 5,
  "with infinities": (i) => [Infinity, -Infinity, i % 7][i % 3] ?? 0,
};

test("doubles are put in order, equal ones as they came", async (t) => {
  for (const [title, double] of Object.entries(sets)) {
    for (const count of [0, 1, 10, 100, 1000, 10_000]) {
      const doubles = Float64Array.from({ length: count }, (_, i) => double(i));
      const expected = Array.from(doubles.keys()).sort((i, j) => {
        const [one = 0, other = 0] = [doubles[i], doubles[j]];
        return one < other ? -1 : one > other ? 1 : i - j;
      });
      t.strictSame(Array.from(indicesByDouble(doubles)), expected, `${count} ${title}`);
    }
  }
});
