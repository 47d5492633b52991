import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { test } from "tap";
import { type Progress, sortFiles } from "../src/index.ts";
import { Folder } from "./folder.ts";
import { Random } from "./random.ts";

const random = new Random(51);
/** So long that threads sort it. */
const text = Array.from({ length: 600_000 }, () => random.double()).join("\n");

test("an aborted sort ends with the signal's reason and leaves nothing, at every stage", async (t) => {
  const folder = new Folder(t);
  const inputs = [folder.write("in", text)];
  const output = folder.write("out", "before");
  const stages: ((progress: Progress) => boolean)[] = [
    ({ pass, numbers }) => pass === "read" && numbers > 0,
    ({ pass, bytes, totalBytes }) => pass === "read" && bytes === totalBytes,
    ({ pass, numbers }) => pass === "write" && numbers > 0,
  ];
  for (const isReached of stages) {
    const controller = new AbortController();
    const reason = new Error("enough");
    const onProgress = (progress: Progress) => {
      if (isReached(progress)) controller.abort(reason);
    };
    const { signal } = controller;
    const sorting = sortFiles({ inputs, output, pieceBytes: 500_000, threads: 2, signal, onProgress });
    await t.rejects(sorting, reason);
    t.same(folder.names(), ["in", "out"]);
    t.equal(folder.read("out"), "before");
  }
  const signal = AbortSignal.abort(new Error("before it began"));
  await t.rejects(sortFiles({ inputs, output, signal }), new Error("before it began"));
});

test("a sort that waits for a stream, or a stream for it, can be aborted", async (t) => {
  const folder = new Folder(t);
  const controller = new AbortController();
  const silent = new Readable({ read() {} });
  silent.push("1 2 3 ");
  const { signal } = controller;
  const sorting = sortFiles({ inputs: [{ stream: silent }], output: folder.pathOf("out"), signal });
  await setTimeout(50);
  controller.abort(new Error("enough"));
  await t.rejects(sorting, new Error("enough"));
  t.same(folder.names(), []);
});

/** Sorts in another process until it has told of a pass, and kills it. */
async function killedDuring(pass: Progress["pass"], input: string, output: string): Promise<void> {
  const script = `
    import { sortFiles } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
    await sortFiles({
      inputs: [${JSON.stringify(input)}],
      output: ${JSON.stringify(output)},
      pieceBytes: 200_000,
      onProgress: ({ pass, numbers }) => {
        if (pass === "${pass}" && numbers > 0) {
          process.stdout.write("reached");
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
        }
      },
    });`;
  const child: ChildProcess = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"] },
  });
  if (child.stdout === null) throw new Error("the process has no output");
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "close");
}

test("a killed process leaves nothing half-done", { skip: process.platform !== "linux" }, async (t) => {
  const folder = new Folder(t);
  const input = folder.write("in", text);
  const output = folder.write("out", "before");
  for (const pass of ["read", "write"] as const) {
    await killedDuring(pass, input, output);
    t.same(folder.names(), ["in", "out"], pass);
    t.equal(folder.read("out"), "before");
  }
});
