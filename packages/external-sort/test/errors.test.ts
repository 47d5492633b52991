import { SortedError, sortJson, sortText } from "@sorted/core";
import { test } from "tap";
import { InputError, sortFiles } from "../src/index.ts";
import { Folder } from "./folder.ts";
import { Random, someNumbers } from "./random.ts";

function errorOf(sort: () => unknown): SortedError | undefined {
  try {
    sort();
    return undefined;
  } catch (error) {
    if (error instanceof SortedError) return error;
    throw error;
  }
}

/** The line of a byte, counted otherwise than by the sources. */
const lineOf = (text: string, offset: number) =>
  Buffer.from(text)
    .subarray(0, offset)
    .toString("latin1")
    .split(/\r\n|\r|\n/).length;

const TEXT_FAULTS = [
  "x",
  "1_0",
  "1e",
  "NaN",
  ",,",
  "; ;",
  "1.2.3",
  "1e9999999999",
  "--1",
  "\u2212 1",
  "\uFEFF1",
  "0x10",
];

test("a fault in a text has the code, byte and line that sortText gives, wherever it is", async (t) => {
  const folder = new Folder(t);
  const random = new Random(11);
  let faults = 0;
  for (let round = 0; round < 150; round += 1) {
    const numbers = someNumbers(random, 1 + random.next(1500));
    const separators = ["\n", "\r\n", "\r", ",", ";", " \n "];
    for (let many = random.next(3); many >= 0; many -= 1)
      numbers[random.next(numbers.length)] = random.pick(TEXT_FAULTS);
    const usual = random.pick(separators);
    const isMixed = random.next(2) === 0;
    const text = numbers.map((number) => number + (isMixed ? random.pick(separators) : usual)).join("");
    const expected = errorOf(() => sortText(text));
    const options = { inputs: [folder.write("in", text)], output: folder.pathOf("out") };
    const error = await sortFiles({ ...options, pieceBytes: random.pick([300, 2000, 90_000]) }).then(
      () => undefined,
      (error) => error,
    );
    if (expected === undefined ? error !== undefined : !(error instanceof InputError)) {
      t.fail(JSON.stringify({ round, text, error: String(error) }));
    } else if (expected !== undefined) {
      const { code, detail, place } = error;
      t.strictSame(
        { code, detail, place },
        { code: expected.code, detail: expected.detail, place: expected.place },
      );
      faults += 1;
    }
  }
  t.ok(faults > 100, `${faults} faults`);
  t.same(folder.names(), ["in"]);
});

test("a fault in JSON has the code and byte that sortJson gives, and a line", async (t) => {
  const folder = new Folder(t);
  const random = new Random(12);
  for (let round = 0; round < 200; round += 1) {
    const numbers = Array.from({ length: 200 + random.next(500) }, () => String(random.next(1000)));
    const whole = random.pick([
      () => `[${numbers.join(",\n")}]`,
      () => `{"a":[${numbers.join(",")}],"b":{"c":[[1,2],[${numbers.join(", ")}]]}}`,
      () => `[${numbers.map((number) => `{"x":${number}}`).join(",")}]`,
    ])();
    const place = random.next(whole.length);
    const damage = random.pick(["", "]", "}", ",", "x", '"', "[", "\\", "null", ":", ",]"]);
    const text = whole.slice(0, place) + damage + whole.slice(place + random.next(3));
    const expected = errorOf(() => sortJson(text));
    const error = await sortFiles({
      inputs: [folder.write("in", text)],
      output: folder.pathOf("out"),
      form: "json",
      pieceBytes: random.pick([600, 1500, 90_000]),
    }).then(
      () => undefined,
      (error) => error,
    );
    if (expected === undefined) {
      if (error !== undefined) t.fail(`${round}: ${error}`);
      continue;
    }
    const { code, detail, offset = 0 } = expected;
    if (error instanceof InputError) {
      t.match(
        error,
        { code, detail, offset, line: lineOf(text, offset) },
        `${round}: ${JSON.stringify(damage)}`,
      );
    } else {
      // A string that never ends does not fit into a piece.
      t.equal(error?.code, "NOT_ENOUGH_MEMORY", `${round}: ${error}`);
    }
  }
});

test("an error names the input, and leaves the output as it was", async (t) => {
  const folder = new Folder(t);
  folder.write("out", "before");
  const inputs = [folder.write("a", "1 2 3"), folder.write("b", "4\n5\nsix")];
  await t.rejects(sortFiles({ inputs, output: folder.pathOf("out") }), {
    name: "SortedError",
    code: "NOT_A_NUMBER",
    input: inputs[1],
    line: 3,
    offset: 4,
    message: `${inputs[1]}: expected a number, found "six" (line 3, byte 4)`,
  });
  t.equal(folder.read("out"), "before");
  t.same(folder.names(), ["a", "b", "out"]);
});

test("an input of white space only is an error, as everywhere", async (t) => {
  const folder = new Folder(t);
  const options = { inputs: [folder.write("in", " \n")], output: folder.pathOf("out") };
  await t.rejects(sortFiles(options), { code: "EMPTY_INPUT", line: 2, offset: 2 });
});

test("bad options are errors before anything is read", async (t) => {
  const options = { inputs: ["no such file"], output: "none" };
  await t.rejects(sortFiles({ ...options, limit: -1 }), { code: "BAD_OPTION" });
  await t.rejects(sortFiles({ ...options, threads: 0 }), { code: "BAD_OPTION" });
  await t.rejects(sortFiles({ ...options, memoryBytes: 1000 }), { code: "NOT_ENOUGH_MEMORY" });
  await t.rejects(sortFiles(options), { code: "ENOENT" });
});
