import { chmodSync, lstatSync, statSync, symlinkSync } from "node:fs";
import { type Format, type SortOptions, sortJson, sortText } from "@sorted/core";
import { test } from "tap";
import { sortFiles } from "../src/index.ts";
import { Folder } from "./folder.ts";
import { EQUAL_NUMBERS, Random, someNumbers } from "./random.ts";

const ROUNDS = 60;
const FORMATS: readonly Format[] = ["text", "csv", "json", "json-strings"];
const SEPARATORS = ["\n", "\r\n", "\r", ",", " ; ", ", \r\n\t", "\t \n\n"];
/** So short that there are many runs, and ranges of many parts. */
const PIECES = [256, 1000, 5000, 60_000];

const asText = (bytes: Uint8Array) => Buffer.from(bytes).toString();

function someOptions(random: Random, count: number): SortOptions {
  return {
    order: random.pick(["asc", "desc"]),
    unique: random.next(3) === 0,
    limit: random.next(3) === 0 ? random.next(count + 1) : Number.POSITIVE_INFINITY,
  };
}

test("sorts text as sortText does, whatever the size of pieces", async (t) => {
  const folder = new Folder(t);
  const random = new Random(1);
  let runs = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const numbers = someNumbers(random, 1 + random.next(1200));
    const separator = random.pick(SEPARATORS);
    const isEnded = random.next(2) === 0 && !/[,;]/.test(separator);
    const text = numbers.join(separator) + (isEnded ? separator : "");
    const options = someOptions(random, numbers.length);
    const format = random.pick(FORMATS);
    const pieceBytes = random.pick(PIECES);
    const result = await sortFiles({
      inputs: [folder.write("in", text)],
      output: folder.pathOf("out"),
      format,
      pieceBytes,
      ...options,
    });
    const expected = sortText(text, options);
    const about = JSON.stringify({ round, options, format, pieceBytes, separator });
    if (folder.read("out") !== asText(expected.toBytes(format))) t.fail(about);
    if (result.numbersIn !== numbers.length || result.numbersOut !== expected.count) t.fail(about);
    runs += result.runs;
  }
  t.ok(runs > 5 * ROUNDS, `${ROUNDS} texts in ${runs} runs`);
});

/** The numbers as the leaves of a document with all that JSON has. */
function someDocument(random: Random, numbers: readonly string[]): string {
  const isJson = (number: string) => /^-?(0|[1-9]\d*)(\.\d+)?(e-?\d+)?$/.test(number);
  const leaf = (number: string) => (isJson(number) ? number : JSON.stringify(number));
  const write = (part: readonly string[], depth: number): string => {
    if (part.length === 1 && part[0] !== undefined) return leaf(part[0]);
    const kind = random.next(depth > 4 ? 2 : 4);
    if (kind === 0) return `[${part.map(leaf).join(random.pick([",", ", ", ",\n  "]))}]`;
    if (kind === 1 && part.length < 50) return JSON.stringify(`(${part.join(", ")})`);
    const pieces: string[] = [];
    for (let start = 0; start < part.length; ) {
      const end = start + 1 + random.next(part.length);
      pieces.push(write(part.slice(start, end), depth + 1));
      start = end;
    }
    if (kind === 2) return `[ ${pieces.join(" , ")} ]`;
    return `{${pieces.map((piece, i) => `"x\\"]},${i}": ${piece}`).join(",")}}`;
  };
  return write(numbers, 0);
}

test("sorts JSON as sortJson does, whatever the size of pieces", async (t) => {
  const folder = new Folder(t);
  const random = new Random(2);
  let runs = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const numbers = someNumbers(random, 1 + random.next(2000));
    const document = someDocument(random, numbers);
    const options = someOptions(random, numbers.length);
    const pieceBytes = random.pick([4000, 8000, 60_000]);
    const result = await sortFiles({
      inputs: [folder.write("in", document)],
      output: folder.pathOf("out"),
      form: "json",
      pieceBytes,
      ...options,
    });
    const expected = asText(sortJson(document, options).toBytes("text"));
    if (folder.read("out") !== expected || result.numbersIn !== numbers.length)
      t.fail(JSON.stringify({ round, options, pieceBytes }));
    runs += result.runs;
  }
  t.ok(runs > 2 * ROUNDS, `${ROUNDS} documents in ${runs} runs`);
});

test("equal numbers keep their order in both directions, though they fill many ranges", async (t) => {
  const folder = new Folder(t);
  const random = new Random(3);
  const numbers = Array.from({ length: 20_000 }, () =>
    random.next(10) === 0 ? random.double() : random.pick(EQUAL_NUMBERS),
  );
  const text = numbers.join("\n");
  const input = folder.write("in", text);
  for (const order of ["asc", "desc"] as const) {
    for (const unique of [false, true]) {
      const output = folder.pathOf("out");
      const { runs } = await sortFiles({ inputs: [input], output, order, unique, pieceBytes: 3000 });
      const expected = asText(sortText(text, { order, unique }).toBytes("text"));
      t.ok(folder.read("out") === expected, `${order}, ${unique ? "unique" : "all"}: ${runs} runs`);
    }
  }
});

test("several inputs are one after the other", async (t) => {
  const folder = new Folder(t);
  const inputs = [folder.write("a", "1.0\n3"), folder.write("b", "2;1"), folder.write("c", "1e0, 2.0")];
  const result = await sortFiles({ inputs, output: folder.pathOf("out") });
  t.equal(folder.read("out"), "1.0\n1\n1e0\n2\n2.0\n3\n");
  t.match(result, { numbersIn: 6, numbersOut: 6, bytesIn: 16, bytesOut: 18 });
});

test("an output may be one of the inputs", async (t) => {
  const folder = new Folder(t);
  const path = folder.write("numbers", "3 1 2");
  await sortFiles({ inputs: [path], output: path });
  t.equal(folder.read("numbers"), "1\n2\n3\n");
  t.same(folder.names(), ["numbers"]);
});

test("an output that is a symbolic link stays one, and what it points to is replaced", async (t) => {
  const folder = new Folder(t);
  const inputs = [folder.write("in", "3 1 2")];
  const target = folder.write("target", "before");
  chmodSync(target, 0o640);
  const link = folder.pathOf("link");
  symlinkSync("target", link);
  await sortFiles({ inputs, output: link });
  t.ok(lstatSync(link).isSymbolicLink());
  t.equal(folder.read("target"), "1\n2\n3\n");
  t.equal(statSync(target).mode & 0o777, 0o640, "its permissions are kept");

  symlinkSync("absent", folder.pathOf("dangling"));
  await sortFiles({ inputs, output: folder.pathOf("dangling") });
  t.ok(lstatSync(folder.pathOf("dangling")).isSymbolicLink());
  t.equal(folder.read("absent"), "1\n2\n3\n", "what it points to is made");
  t.same(folder.names(), ["absent", "dangling", "in", "link", "target"]);
});

test("the checksum is the same for the same numbers in any order", async (t) => {
  const folder = new Folder(t);
  const checksumOf = async (text: string) =>
    (await sortFiles({ inputs: [folder.write("in", text)], output: folder.pathOf("out") })).checksum;
  const checksum = await checksumOf("1.50 2 -3");
  t.match(checksum, /^[0-9a-f]{16}$/);
  t.equal(await checksumOf("-3,2,1.50"), checksum);
  t.not(await checksumOf("-3,2,1.5"), checksum, "another literal");
  t.not(await checksumOf("-3,2,1.50,2"), checksum, "one more");
});

test("the checksum is the same in one pass and in two", async (t) => {
  const folder = new Folder(t);
  const inputs = [folder.write("in", someNumbers(new Random(6), 500).join("\n"))];
  const atOnce = await sortFiles({ inputs, output: folder.pathOf("out") });
  const inRuns = await sortFiles({ inputs, output: folder.pathOf("out"), pieceBytes: 1000 });
  t.equal(atOnce.runs, 0);
  t.ok(inRuns.runs > 1, `${inRuns.runs} runs`);
  t.equal(inRuns.checksum, atOnce.checksum);
});

test("pieces with more numbers than fit into memory are halved", async (t) => {
  const folder = new Folder(t);
  const random = new Random(4);
  const numbers = Array.from({ length: 1_500_000 }, () => random.next(10));
  const input = folder.write("in", numbers.join("\n"));
  const { runs } = await sortFiles({
    inputs: [input],
    output: folder.pathOf("out"),
    memoryBytes: 160 * 2 ** 20,
    threads: 1,
  });
  t.ok(runs > 1, `${runs} runs`);
  const expected = [...numbers].sort().join("\n");
  t.ok(folder.read("out") === `${expected}\n`);
});

test("threads sort what is larger than some megabytes", async (t) => {
  const folder = new Folder(t);
  const random = new Random(5);
  const text = Array.from({ length: 500_000 }, () => random.double()).join("\n");
  const input = folder.write("in", text);
  for (const threads of [1, 3]) {
    const output = folder.pathOf("out");
    const { runs } = await sortFiles({ inputs: [input], output, threads, pieceBytes: 1_000_000 });
    t.ok(runs >= 8, `${runs} runs`);
    t.ok(folder.read("out") === asText(sortText(text).toBytes("text")), `${threads} threads`);
  }
  t.same(folder.names(), ["in", "out"]);
});

test("tells how far it is", async (t) => {
  const folder = new Folder(t);
  const text = "3 1 2 ".repeat(20_000);
  const seen: { pass: string; bytes: number; totalBytes?: number; numbers: number }[] = [];
  await sortFiles({
    inputs: [folder.write("in", text)],
    output: folder.pathOf("out"),
    pieceBytes: 10_000,
    onProgress: (progress) => seen.push(progress),
  });
  t.match(seen.filter(({ pass }) => pass === "read").at(-1), { numbers: 60_000, totalBytes: text.length });
  t.match(seen.at(-1), { pass: "write", numbers: 60_000, bytes: 120_000, totalBytes: 120_000 });
});
