import { test } from "tap";
import { checkSorted } from "../src/index.ts";
import { Folder } from "./folder.ts";
import { Random } from "./random.ts";

test("sorted inputs are sorted", async (t) => {
  const folder = new Folder(t);
  const inputs = [folder.write("a", "-1e3; 0\n 0.0"), folder.write("b", "0 1 1.0")];
  t.same(await checkSorted({ inputs }), { sorted: true, numbers: 6 });
  t.match(await checkSorted({ inputs, unique: true }), {
    sorted: false,
    disorder: { input: inputs[0], line: 2, offset: 9, number: "0.0", previous: "0" },
  });
  t.match(await checkSorted({ inputs, order: "desc" }), {
    sorted: false,
    disorder: { offset: 6, number: "0" },
  });
});

test("the first number of an input must not come before the last of the input before it", async (t) => {
  const folder = new Folder(t);
  const inputs = [folder.write("a", "1 2"), folder.write("b", "\n\n +1.5 3")];
  t.same(await checkSorted({ inputs }), {
    sorted: false,
    disorder: { input: inputs[1], line: 3, offset: 3, number: "1.5", previous: "2" },
  });
});

test("finds the first number that is not in order, in any of many pieces", async (t) => {
  const folder = new Folder(t);
  const random = new Random(21);
  for (let round = 0; round < 60; round += 1) {
    const separator = random.pick(["\n", "\r\n", ",", " ;\n"]);
    const numbers = Array.from({ length: 20_000 }, (_, i) => `${random.pick(["", "+", "0"])}${i}.5`);
    const places = Array.from({ length: random.next(3) }, () => 1 + random.next(numbers.length - 1));
    for (const place of places) numbers[place] = "-7";
    const first = Math.min(...places);
    const text = numbers.join(separator);
    const before = numbers.slice(0, first).join(separator) + separator;
    const options = {
      inputs: [folder.write("in", text)],
      pieceBytes: random.pick([1000, 70_000, 10_000_000]),
    };
    const result = await checkSorted(options);
    const expected =
      places.length === 0
        ? { sorted: true, numbers: numbers.length }
        : {
            sorted: false,
            disorder: { offset: before.length, number: "-7", line: before.split("\n").length },
          };
    t.match(result, expected, `${round}: ${places}`);
  }
});

test("JSON is checked in document order", async (t) => {
  const folder = new Folder(t);
  const inputs = [folder.write("in", '{"b": [1, "2, 3"],\n "a": [[4], 3.5]}')];
  t.match(await checkSorted({ inputs, form: "json" }), {
    sorted: false,
    disorder: { line: 2, offset: 31, number: "3.5", previous: "4" },
  });
});

test("a fault before the first disorder is an error; one after it is not looked for", async (t) => {
  const folder = new Folder(t);
  await t.rejects(checkSorted({ inputs: [folder.write("in", "1 2 x 1")] }), {
    code: "NOT_A_NUMBER",
    offset: 4,
  });
  const far = `2 1 ${"5 ".repeat(50_000)} x`;
  t.match(await checkSorted({ inputs: [folder.write("in", far)], pieceBytes: 5000 }), {
    disorder: { offset: 2 },
  });
});
