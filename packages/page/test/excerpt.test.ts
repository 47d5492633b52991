import { test } from "tap";
import { excerptAt } from "../src/excerpt.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a byte becomes a character of the text", async (t) => {
  t.match(excerptAt(bytes('["é", x]'), 7), {
    index: 6,
    line: 1,
    column: 7,
    before: '["é", ',
    at: "x",
    after: "]",
  });
  t.match(excerptAt(bytes("\ufeff[x]"), 4), { index: 2, at: "x" });
  t.match(excerptAt(bytes("[😀]"), 1), { index: 1, at: "😀", after: "]" });
});

test("lines are counted, and only the one with the fault is shown", async (t) => {
  t.match(excerptAt(bytes("1\n2\nx 3\n4"), 4), { line: 3, column: 1, before: "", at: "x", after: " 3" });
});

test("the end of the input is a place too", async (t) => {
  t.match(excerptAt(bytes("[1"), 2), { index: 2, column: 3, before: "[1", at: "", after: "" });
  t.match(excerptAt(bytes(""), 0), { index: 0, line: 1, column: 1, before: "", at: "" });
});

test("of a long line only what is near is shown", async (t) => {
  const { before, at, after } = excerptAt(bytes(`[${"1,".repeat(1000)}x${",1".repeat(1000)}]`), 2001);
  t.equal(at, "x");
  t.match(before, /^….{1,40}$/);
  t.match(after, /^.{1,40}…$/);
});
