import { sortCsv, sortJson, sortJsonLines, sortText } from "@sorted/core";
import { test } from "tap";
import { bodyOf, excerptOf } from "../src/body.ts";

const file = (name: string, ...parts: BlobPart[]) => new File(parts, name);
const inputOf = (...files: File[]) => ({ text: "", files, sample: "" });
const bytesOf = async ({ blob }: { blob: Blob }) => new Uint8Array(await blob.arrayBuffer());

test("a text, and one file, are sent as they are", async (t) => {
  const text = await bodyOf({ text: "é", files: [], sample: "é" }, "text/plain", false);
  t.equal(await text.blob.text(), "é");
  const one = file("a.csv", new Uint8Array([0xff, 0xfe, 0x31, 0]));
  t.equal((await bodyOf(inputOf(one), "text/csv", true)).blob, one);
});

test("several documents become one list", async (t) => {
  const body = await bodyOf(
    inputOf(file("a.json", "\ufeff[3]"), file("b.json", '{"x":1}')),
    "application/json",
    false,
  );
  t.same([...sortJson(await bytesOf(body))], ["1", "3"]);
});

test("several tables become one, with the headings of the first", async (t) => {
  const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from("item,n\r\nx,2\r\n", "utf16le")]);
  const body = await bodyOf(
    inputOf(file("a.csv", "\ufeffitem,n\na,3"), file("b.csv", utf16), file("c.csv", "item,n\nc,1\n")),
    "text/csv",
    true,
  );
  t.same([...sortCsv(await bytesOf(body), { header: "present", column: "n" })], ["1", "2", "3"]);
});

test("other files follow each other line by line, however they end", async (t) => {
  const two = await bodyOf(inputOf(file("a.txt", "3\n"), file("b.txt", "1")), "text/plain", false);
  t.same([...sortText(await bytesOf(two))], ["1", "3"]);
  const lines = await bodyOf(
    inputOf(file("a.jsonl", '{"x":2}\n'), file("b.jsonl", "[1]")),
    "application/x-ndjson",
    false,
  );
  t.same([...sortJsonLines(await bytesOf(lines))], ["1", "2"]);
});

test("files that don't belong together are refused", async (t) => {
  const [a, b, c] = [file("a.csv", "n\n1\n"), file("b.csv", "m\n1\n"), file("c.json", "[1]")];
  await t.rejects(bodyOf(inputOf(a, b), "text/csv", true), {
    message: "b.csv has other headings than a.csv. Sort them one by one.",
  });
  await t.rejects(bodyOf(inputOf(a, c), "text/csv", false), {
    message: "c.json is of another kind than a.csv. Sort them one by one.",
  });
});

test("a place is found in the file that it belongs to", async (t) => {
  const body = await bodyOf(
    inputOf(file("a.csv", "n\n1\n"), file("b.csv", "\ufeffn\n2\nx\n"), file("c.csv", "n\n3")),
    "text/csv",
    true,
  );
  const offset = (await body.blob.text()).indexOf("x");
  t.match(await excerptOf(body, offset), { name: "b.csv", line: 3, column: 1, at: "x" });
  t.match(await excerptOf(body, body.blob.size), { name: "c.csv", line: 2, at: "" });
  const alone = await bodyOf({ text: "1\nx", files: [], sample: "" }, "text/plain", false);
  const place = await excerptOf(alone, 2);
  t.match(place, { line: 2, at: "x" });
  t.equal(place?.name, undefined);
});
