import { readFileSync } from "node:fs";
import { Readable, Writable } from "node:stream";
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { sortText } from "@sorted/core";
import { test } from "tap";
import { sortFiles } from "../src/index.ts";
import { Folder } from "./folder.ts";
import { Random, someNumbers } from "./random.ts";

const random = new Random(41);
const text = someNumbers(random, 5000).join("\n");
const sorted = Buffer.from(sortText(text).toBytes("text"));

/** The bytes in chunks of any length. */
function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const end = start + 1 + random.next(3000);
    yield bytes.subarray(start, end);
    start = end;
  }
}

test("streams are sorted, from and to", async (t) => {
  const chunks: Uint8Array[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  const inputs = [{ stream: Readable.from(chunksOf(Buffer.from(text))) }];
  const result = await sortFiles({ inputs, output: { stream }, pieceBytes: 4000 });
  t.ok(Buffer.concat(chunks).equals(sorted));
  t.ok(result.runs > 5, `${result.runs} runs`);
});

test("compressed inputs are found out by their first bytes", async (t) => {
  const folder = new Folder(t);
  const half = text.lastIndexOf("\n", text.length / 2) + 1;
  for (const compress of [gzipSync, zstdCompressSync]) {
    const parts = [text.slice(0, half), text.slice(half)].map((part) => compress(Buffer.from(part)));
    const bytes = Buffer.concat(parts);
    const path = folder.write("in", bytes);
    for (const input of [path, { stream: Readable.from(chunksOf(bytes)) }]) {
      const { bytesIn } = await sortFiles({
        inputs: [input],
        output: folder.pathOf("out"),
        pieceBytes: 4000,
      });
      t.ok(folder.read("out") === sorted.toString(), "several members or frames are one input");
      t.equal(bytesIn, text.length);
    }
    await t.rejects(
      sortFiles({ inputs: [folder.write("in", bytes.subarray(0, -9))], output: folder.pathOf("out") }),
      { code: "BAD_COMPRESSION" },
      "truncated",
    );
  }
});

test("outputs are compressed", async (t) => {
  const folder = new Folder(t);
  const inputs = [folder.write("in", text)];
  for (const [compression, decompress] of [
    ["gzip", gunzipSync],
    ["zstd", zstdDecompressSync],
  ] as const) {
    await sortFiles({ inputs, output: folder.pathOf("out"), compression, pieceBytes: 4000 });
    t.ok(decompress(readFileSync(folder.pathOf("out"))).equals(sorted), compression);
  }
});

test("a stream that takes no more ends the sort with its error", async (t) => {
  const folder = new Folder(t);
  const stream = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error("closed"), { code: "EPIPE" }));
    },
  });
  const inputs = [folder.write("in", text)];
  await t.rejects(sortFiles({ inputs, output: { stream }, pieceBytes: 4000 }), { code: "EPIPE" });
});
