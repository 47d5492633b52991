import { test } from "tap";
import { Answer, findNumbers } from "../src/answer.ts";

function numbersIn(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const answer = new Answer(bytes, findNumbers(bytes));
  return Array.from({ length: answer.count }, (_, index) => answer.literal(index));
}

test("the numbers of every kind of answer are found", async (t) => {
  const numbers = ["-2.5e-3", "0", "1e400"];
  t.same(numbersIn('{"sorted":[-2.5e-3,0,1e400]}'), numbers);
  t.same(numbersIn('{"sorted":["-2.5e-3","0","1e400"]}'), numbers);
  t.same(numbersIn("-2.5e-3\n0\n1e400\n"), numbers);
  t.same(numbersIn("-2.5e-3\r\n0\r\n1e400\r\n"), numbers);
});

test("an answer without numbers has none", async (t) => {
  t.same(numbersIn('{"sorted":[]}'), []);
  t.same(numbersIn(""), []);
});

test("a long number can be had in part, and is ascending in both orders", async (t) => {
  const bytes = new TextEncoder().encode("20000\n1\n");
  const answer = new Answer(bytes, findNumbers(bytes));
  t.equal(answer.literal(0, 3), "200");
  t.equal(answer.lengthOf(0), 5);
  t.equal(answer.ascending(true).literal(0), "1");
});
