/** Disks that have too little space: small ones in memory, which only root may mount. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type Test, test } from "tap";
import { sortFiles } from "../src/index.ts";
import { Folder } from "../test/folder.ts";

const DISK_BYTES = 2 ** 23;
/** Longer than what is sorted without temporary files. */
const LINES = 900_000;
const text = Array.from({ length: LINES }, (_, i) => `${(i * 7919) % LINES}.25\n`).join("");

/** A disk of so many bytes until the test ends. */
function mountDisk(t: Test, path: string): void {
  execFileSync("mkdir", [path]);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_BYTES}`, "tmpfs", path]);
  t.teardown(() => execFileSync("umount", [path]));
}

test("a sort for which a disk has too little space is refused before it begins", async (t) => {
  const folder = new Folder(t);
  const inputs = [folder.write("in", text)];
  const disk = folder.pathOf("disk");
  mountDisk(t, disk);
  const output = join(disk, "out");
  const refusal = {
    code: "NOT_ENOUGH_SPACE",
    message: new RegExp(`${text.length} bytes for the output .*free`),
  };
  await t.rejects(sortFiles({ inputs, output, pieceBytes: 2 ** 20, tempFolder: folder.path }), refusal);
  const forBoth = new RegExp(
    `${text.length} bytes for temporary files and ${text.length} bytes for the output`,
  );
  await t.rejects(sortFiles({ inputs, output, pieceBytes: 2 ** 20 }), { ...refusal, message: forBoth });
  t.same(readdirSync(disk), []);
});

test("a disk that gets full ends the sort, and neither a file nor its space stays taken", async (t) => {
  const folder = new Folder(t);
  const disk = folder.pathOf("disk");
  mountDisk(t, disk);
  writeFileSync(join(disk, "out"), "before");
  // Nobody knows how long a stream is.
  const stream = () => Readable.from([Buffer.from(text)]);
  const full = { code: "ENOSPC" };
  for (const options of [
    { output: join(disk, "out"), tempFolder: folder.path },
    { output: folder.pathOf("out"), tempFolder: disk },
  ]) {
    await t.rejects(sortFiles({ inputs: [{ stream: stream() }], pieceBytes: 2 ** 20, ...options }), full);
    t.same(readdirSync(disk), ["out"]);
    t.equal(readFileSync(join(disk, "out"), "utf8"), "before");
    writeFileSync(join(disk, "as much as before"), Buffer.alloc(DISK_BYTES - 2 ** 16));
    execFileSync("rm", [join(disk, "as much as before")]);
  }
  t.same(folder.names(), ["disk"]);
});
