import { readFileSync } from "node:fs";
import { test } from "tap";
import { FileSink } from "../../src/store/file-sink.ts";
import { Folder } from "../folder.ts";

const PART_BYTES = 2 ** 24;

test("parts that are written while others go to the disk are whole", async (t) => {
  const folder = new Folder(t);
  const parts = [3, 1, 4, 1].map((byte) => new Uint8Array(PART_BYTES).fill(byte));
  for (const isLarge of [false, true]) {
    const path = folder.pathOf(isLarge ? "large" : "small");
    const sink = await FileSink.open(path, isLarge);
    await Promise.all(parts.map((part, i) => sink.write(i, part, i * PART_BYTES)));
    t.notOk(folder.names().includes(isLarge ? "large" : "small"), "nobody sees it before the commit");
    await sink.commit();
    t.ok(readFileSync(path).equals(Buffer.concat(parts)));
  }
});

test("what still goes to the disk does not keep an abort from leaving nothing", async (t) => {
  const folder = new Folder(t);
  for (const isLarge of [false, true]) {
    const sink = await FileSink.open(folder.pathOf("out"), isLarge);
    await sink.write(0, new Uint8Array(PART_BYTES), 0);
    await sink.abort();
  }
  t.same(folder.names(), []);
});
