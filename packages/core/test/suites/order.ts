import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import type { Test } from "tap";
import type { SortOptions } from "../../src/index.ts";
import { jsonDocument, jsonLines } from "../arbitraries/document.ts";
import { anyNumber, crowdedNumber } from "../arbitraries/number.ts";
import { csv, plainText, printedList, tsv } from "../arbitraries/text.ts";
import type { Implementation } from "../implementation.ts";
import { answer, compare } from "../oracle.ts";
import { testProperty } from "./property.ts";

const order = fc.constantFrom("asc", "desc");

const sortOptions: fc.Arbitrary<SortOptions> = fc.record(
  { order, unique: fc.boolean(), limit: fc.nat(12) },
  { requiredKeys: [] },
);

const manyEqual = fc.array(crowdedNumber, { maxLength: 60, size: "max" });

/** What comes back for an input without a fault: which numbers, in which order, with which digits. */
export function testOrder(t: Test, implementation: Implementation): void {
  const { sortJson, sortText, sortCsv, sortTsv, sortJsonLines } = implementation;
  const sorted = (numbers: readonly string[], options: SortOptions = {}) => [
    ...sortJson(JSON.stringify(numbers), options).literals(),
  ];

  testProperty(
    t,
    "a document's answer is the oracle's, to the digit",
    fc.property(jsonDocument, sortOptions, ({ text, numbers }, options) => {
      const result = sortJson(text, options);
      const expected = answer(numbers, options);
      deepEqual([...result.literals()], expected);
      equal(result.count, expected.length);
    }),
  );

  testProperty(
    t,
    "a text's answer is the oracle's, to the digit",
    fc.property(plainText, sortOptions, ({ text, numbers }, options) => {
      deepEqual([...sortText(text, options).literals()], answer(numbers, options));
    }),
  );

  const forms = [
    { title: "CSV", input: csv, sort: sortCsv },
    { title: "table with tabs", input: tsv, sort: sortTsv },
    { title: "list that numpy has printed", input: printedList, sort: sortText },
    { title: "file of JSON Lines", input: jsonLines, sort: sortJsonLines },
  ];
  for (const { title, input, sort } of forms) {
    testProperty(
      t,
      `the answer to a ${title} is the oracle's, to the digit`,
      fc.property(input, sortOptions, ({ text, numbers }, options) => {
        const result = sort(text, options);
        deepEqual([...result.literals()], answer(numbers, options));
        equal(result.numbersRead, numbers.length);
      }),
    );
  }

  testProperty(
    t,
    "a decimal comma and the D of Fortran are other ways to write the same",
    fc.property(fc.array(anyNumber, { minLength: 1 }), sortOptions, (numbers, options) => {
      const plain = numbers.map((number) => number.replace("E", "e"));
      const expected = answer(plain, options);
      const withCommas = plain.map((number) => number.replace(".", ",")).join(";");
      deepEqual([...sortText(withCommas, { ...options, decimal: "comma" }).literals()], expected);
      const fortran = plain.map((number) => number.replace("e", "D")).join(" ");
      deepEqual([...sortText(fortran, options).literals()], expected);
    }),
  );

  testProperty(
    t,
    "one column of a table, and one member of records, are the same as their numbers alone",
    fc.property(
      fc.array(anyNumber, { minLength: 1 }),
      sortOptions,
      fc.string(),
      (numbers, options, other) => {
        const expected = answer(numbers, options);
        const quoted = `"${other.replaceAll('"', '""')}"`;
        const table = `${quoted},n,x\r\n${numbers.map((number) => `${quoted}, ${number},\r\n`).join("")}`;
        const column = { ...options, header: "present", column: 2 } as const;
        deepEqual([...sortCsv(table, column).literals()], expected);
        const lines = numbers
          .map((number) => JSON.stringify({ [`${other}x`]: other, n: [number] }))
          .join("\n");
        deepEqual([...sortJsonLines(lines, { ...options, field: "n" }).literals()], expected);
      },
    ),
  );

  testProperty(
    t,
    "no number is less than the one before it; in descending order none is greater",
    fc.property(manyEqual, (numbers) => {
      for (const [less, greater] of neighbours(sorted(numbers))) ok(compare(less, greater) <= 0);
      for (const [greater, less] of neighbours(sorted(numbers, { order: "desc" })))
        ok(compare(greater, less) >= 0);
    }),
  );

  // Spellings of 1 that an answer tells apart.
  const ones = Array.from({ length: 40 }, (_, i) => `1e${"0".repeat(i + 1)}`);
  testProperty(
    t,
    "equal numbers keep their order, in both directions",
    fc.property(fc.shuffledSubarray(ones), order, (equals, order) => {
      deepEqual(sorted(["2", ...equals, "-2"], { order }).slice(1, -1), equals);
    }),
  );

  testProperty(
    t,
    "descending is ascending with the groups of equal numbers in reverse",
    fc.property(manyEqual, (numbers) => {
      deepEqual(sorted(numbers, { order: "desc" }), groups(sorted(numbers)).reverse().flat());
    }),
  );

  testProperty(
    t,
    "unique keeps the first of each group, limit the first of what is left",
    fc.property(manyEqual, order, fc.nat(20), (numbers, order, limit) => {
      const all = sorted(numbers, { order });
      const firsts = groups(all).flatMap((group) => group.slice(0, 1));
      deepEqual(sorted(numbers, { order, limit }), all.slice(0, limit));
      deepEqual(sorted(numbers, { order, unique: true }), firsts);
      deepEqual(sorted(numbers, { order, unique: true, limit }), firsts.slice(0, limit));
    }),
  );

  testProperty(
    t,
    "sorting an answer changes nothing",
    fc.property(jsonDocument, ({ text }) => {
      const once = sortJson(text).toBytes();
      deepEqual(sortJson(once).toBytes(), once);
    }),
  );

  testProperty(
    t,
    "a string and its bytes have the same answer",
    fc.property(jsonDocument, ({ text }) => {
      deepEqual(sortJson(new TextEncoder().encode(text)).toBytes(), sortJson(text).toBytes());
    }),
  );

  testProperty(
    t,
    "every format holds the same literals",
    fc.property(jsonDocument, ({ text }) => {
      const result = sortJson(text);
      const literals = [...result.literals()];
      const strings = literals.map((literal) => `"${literal}"`);
      equal(decode(result.toBytes()), `{"sorted":[${literals.join(",")}]}`);
      equal(decode(result.toBytes("json")), `{"sorted":[${literals.join(",")}]}`);
      equal(decode(result.toBytes("json-strings")), `{"sorted":[${strings.join(",")}]}`);
      equal(decode(result.toBytes("text")), literals.map((literal) => `${literal}\n`).join(""));
      equal(decode(result.toBytes("csv")), literals.map((literal) => `${literal}\r\n`).join(""));
    }),
  );

  t.test("an answer stays what it is, whatever comes after it", async (t) => {
    const input = new TextEncoder().encode("[3,1,2]");
    const result = sortJson(input);
    const literals = result.literals();
    const bytes = result.toBytes();
    input.fill(0);
    sortJson("[6,5,4,7]").toBytes().fill(0);
    t.strictSame([...literals], ["1", "2", "3"]);
    t.equal(decode(bytes), '{"sorted":[1,2,3]}');
    bytes.fill(0);
    t.equal(decode(result.toBytes()), '{"sorted":[1,2,3]}');
  });
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function neighbours(numbers: readonly string[]): [string, string][] {
  return numbers.slice(1).map((number, i) => [numbers[i] ?? number, number]);
}

/** The runs of equal numbers. */
function groups(sorted: readonly string[]): string[][] {
  const runs: string[][] = [];
  for (const number of sorted) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && compare(run[0], number) === 0) run.push(number);
    else runs.push([number]);
  }
  return runs;
}
