import { test } from "tap";
import { contentTypeOf } from "../src/contents.ts";
import { nameOf, tableOf } from "../src/table.ts";

test("an input is read as what it looks like", async (t) => {
  const cases: [sample: string, type: string][] = [
    ["3, 1", "text/plain"],
    ["", "application/json"],
    ["\ufeff [1]", "application/json"],
    ['"3"', "application/json"],
    ["1;2\n3;4", "text/plain"],
    ["item,price\ntea,2\n", "text/csv"],
    ["price\n2.50\n1\n", "text/csv"],
    ["1\t2\n3\t4\n", "text/tab-separated-values"],
    ["a word", "text/plain"],
    ["1 2\n3", "text/plain"],
  ];
  for (const [sample, type] of cases) t.equal(contentTypeOf(sample), type, JSON.stringify(sample));
});

test("the name of a file decides, and the user before it", async (t) => {
  t.equal(contentTypeOf("1", "auto", "a.jsonl"), "application/x-ndjson");
  t.equal(contentTypeOf("[1]", "auto", "data"), "application/json");
  t.equal(contentTypeOf("[1]", "text/csv", "a.json"), "text/csv");
});

test("a table has columns, with or without headings", async (t) => {
  const prices = tableOf('item;"the ""price""";n\n"tea; green";2,5;1\nmilk;1;\n', "text/csv");
  t.same(prices, {
    hasHeadings: true,
    columns: [
      { position: 1, heading: "item", example: "tea; green", isNumeric: false },
      { position: 2, heading: 'the "price"', example: "2,5", isNumeric: true },
      { position: 3, heading: "n", example: "1", isNumeric: false },
    ],
  });
  t.match(tableOf("1,2\n3,4\n", "text/csv"), { hasHeadings: false, columns: { length: 2 } });
  t.match(tableOf("price\n2\n", "text/plain"), { hasHeadings: true, columns: { length: 1 } });
});

test("what has no columns is not a table", async (t) => {
  for (const sample of ["1,2,3", "1,2\n3", "1\n2\n", "[1,\n2]", "one\ntwo\n"])
    t.equal(tableOf(sample, "text/csv"), undefined, sample);
  t.equal(tableOf('{"a":1}\n{"a":2}\n', "application/x-ndjson"), undefined);
});

test("a column is named by its heading if that is clear, or else by its number", async (t) => {
  const table = tableOf("price,2,price,n\n1,2,3,4\n5,6,7,8\n", "text/csv");
  t.ok(table);
  if (table === undefined) return;
  t.same(
    table.columns.map((column) => nameOf(column, table, true)),
    ["1", "2", "3", "n"],
  );
  t.same(
    table.columns.map((column) => nameOf(column, table, false)),
    ["1", "2", "3", "4"],
  );
});
