import { inspect } from "node:util";
import { test } from "tap";
import { sortJson, sortText } from "../src/index.ts";
import * as reference from "../src/reference.ts";

const byReference = (document: string) => reference.sort("json", document);

for (const [name, sort] of Object.entries({ kernel: sortJson, reference: byReference })) {
  test(`a result of the ${name} stands for its numbers`, async (t) => {
    const sorted = sort("[1e401, 9007199254740993, 1.50, -0]");
    t.strictSame([...sorted], ["-0", "1.50", "9007199254740993", "1e401"]);
    t.equal(`${sorted}`, "-0,1.50,9007199254740993,1e401");
    t.equal(JSON.stringify({ sorted }), '{"sorted":[-0,1.50,9007199254740993,1e401]}');
    t.equal(inspect(sorted), "SortedLiterals(4) [ -0, 1.50, 9007199254740993, 1e401 ]");
    t.equal(inspect(sort("[]")), "SortedLiterals(0) [  ]");
  });
}

test("a long result is shown as far as an array is", async (t) => {
  t.match(inspect(sortText("1 ".repeat(1000))), /1, \.\.\. 900 more \]$/);
});

test("an ArrayBuffer is read as UTF-8", async (t) => {
  const { buffer } = new TextEncoder().encode("[2, 1]");
  t.strictSame([...sortJson(buffer)], ["1", "2"]);
});
