import { sortText } from "@sorted/core";
import { test } from "tap";
import { mergeSorted, NotSortedError } from "../src/index.ts";
import { Folder } from "./folder.ts";
import { Random, someNumbers } from "./random.ts";

const asText = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test("merges as a sort would, and leaves inputs where they are that are written as runs are", async (t) => {
  const folder = new Folder(t);
  const random = new Random(31);
  for (let round = 0; round < 40; round += 1) {
    const order = random.pick(["asc", "desc"] as const);
    const unique = random.next(2) === 0;
    const isPlain = random.next(2) === 0;
    const texts = Array.from({ length: 1 + random.next(4) }, () => {
      const sorted = asText(
        sortText(someNumbers(random, 1 + random.next(1000)).join("\n"), { order }).toBytes("text"),
      );
      return isPlain ? sorted : sorted.trim().replaceAll("\n", random.pick([", ", "\r\n", " "]));
    });
    const inputs = texts.map((text, i) => folder.write(`in${i}`, text));
    const output = folder.pathOf("out");
    const result = await mergeSorted({
      inputs,
      output,
      order,
      unique,
      pieceBytes: random.pick([1000, 50_000]),
    });
    const expected = asText(sortText(texts.join("\n"), { order, unique }).toBytes("text"));
    if (folder.read("out") !== expected) t.fail(JSON.stringify({ round, order, unique, isPlain }));
    if (isPlain) t.match(result, { runs: inputs.length, temporaryBytes: 0 });
    else t.ok(result.temporaryBytes > 0);
  }
});

test("an input that is not sorted is an error that says where", async (t) => {
  const folder = new Folder(t);
  const sorted = Array.from({ length: 5000 }, (_, i) => `${i}\n`);
  const inputs = [folder.write("a", sorted.join("")), folder.write("b", sorted.with(4321, "17\n").join(""))];
  const merging = mergeSorted({ inputs, output: folder.pathOf("out"), pieceBytes: 2000 });
  const disorder = { input: inputs[1], line: 4322, number: "17", previous: "4320" };
  await t.rejects(merging, { name: "NotSortedError", disorder });
  await t.rejects(merging, NotSortedError);
  t.same(folder.names(), ["a", "b"]);
});
