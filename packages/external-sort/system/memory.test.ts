/** Measures how much memory a sort takes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { test } from "tap";
import { Folder } from "../test/folder.ts";
import { Random } from "../test/random.ts";

const MIB = 2 ** 20;

/** What the allocator and the engine's heap may take beyond what was planned for. */
const MARGIN_BYTES = 16 * MIB;

const SOURCES = join(import.meta.dirname, "../src");

/** Builds what users run: to strip types takes Node memory in the process and in each thread. */
function build(folder: string): string {
  const entryPoints = [join(SOURCES, "index.ts"), join(SOURCES, "threads/thread.ts")];
  buildSync({
    entryPoints,
    outdir: folder,
    entryNames: "[name]",
    bundle: true,
    platform: "node",
    format: "esm",
  });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  return pathToFileURL(join(folder, "index.js")).href;
}

/** Sorts in a process of its own; returns the most resident memory that it has had, in bytes. */
async function peakBytes(module: string, options: object): Promise<number> {
  const script = `
    import { sortFiles } from ${JSON.stringify(module)};
    await sortFiles(${JSON.stringify(options)});
    process.stdout.write(String(process.resourceUsage().maxRSS));`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"] },
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the process has ended with ${code}`);
  return Number(Buffer.concat(chunks)) * 1024;
}

async function writeLines(path: string, count: number, line: (i: number) => string): Promise<void> {
  const stream = createWriteStream(path);
  for (let i = 0; i < count; i += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, count - i) }, (_, k) => `${line(i + k)}\n`);
    if (!stream.write(lines.join(""))) await once(stream, "drain");
  }
  stream.end();
  await finished(stream);
}

test("memory stays within what was given, though the input is longer", async (t) => {
  const folder = new Folder(t);
  const random = new Random(81);
  const input = folder.pathOf("in");
  const output = folder.pathOf("out");
  const inputs = [input];
  const module = build(folder.pathOf("built"));

  await writeLines(input, 5_000_000, () => random.double());
  for (const memory of [160, 256]) {
    const peak = await peakBytes(module, {
      inputs,
      output,
      memoryBytes: memory * MIB,
      threads: 2,
      statistics: true,
    });
    t.ok(peak < memory * MIB + MARGIN_BYTES, `${memory} MiB for doubles: ${Math.round(peak / MIB)}`);
  }

  await writeLines(input, 10_000_000, () => String(random.next(10)));
  const digits = await peakBytes(module, { inputs, output, memoryBytes: 160 * MIB, threads: 2 });
  t.ok(digits < 160 * MIB + MARGIN_BYTES, `160 MiB for single digits: ${Math.round(digits / MIB)}`);

  await writeLines(input, 1_000_000, () => `"a text",${random.next(100)}`);
  const column = { form: "csv", column: 2, memoryBytes: 256 * MIB, threads: 2 };
  const table = await peakBytes(module, { inputs, output, ...column });
  t.ok(table < 256 * MIB + MARGIN_BYTES, `256 MiB for a column: ${Math.round(table / MIB)}`);
});
