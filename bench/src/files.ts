/** How long a file of numbers takes, in memory that is less than it needs: `pnpm bench files`. */
import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { median } from "./median.ts";
import { createRandom } from "./random.ts";
import type { Section } from "./section.ts";
import { table } from "./table.ts";

/** `NUMBERS=5000000 MEBIBYTES=256 pnpm bench files` takes a tenth of the time. */
const NUMBERS = Number(process.env["NUMBERS"] ?? 50_000_000);
const MEMORY_MEBIBYTES = Number(process.env["MEBIBYTES"] ?? 1024);
const PEERS = join(import.meta.dirname, "../peers/files");
const BUILT = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "sorted/files");

/** What makes the output of the input. */
interface Engine {
  readonly title: string;
  readonly command: (input: string, output: string) => readonly [string, ...string[]];
  readonly environment?: NodeJS.ProcessEnv;
}

const byNode = (title: string, program: string): Engine => ({
  title,
  command: (input, output) => [process.execPath, program, input, output, String(MEMORY_MEBIBYTES)],
});

const engines: { readonly [name: string]: Engine } = {
  sorted: byNode("Sorted", join(BUILT, "sorted.js")),
  duckdb: byNode("DuckDB, by DOUBLE", join(PEERS, "duckdb.ts")),
  sort: {
    title: "GNU sort -n --parallel=2, LC_ALL=C",
    environment: { LC_ALL: "C" },
    command: (input, output) => [
      "sort",
      "-n",
      "--parallel=2",
      `--buffer-size=${MEMORY_MEBIBYTES}M`,
      "-o",
      output,
      input,
    ],
  },
  cp: {
    title: "cp and sync, twice: all is read and written as often",
    command: (input, output) => [
      "sh",
      "-c",
      'for round in 1 2; do cp "$1" "$2" && sync "$2"; done',
      "sh",
      input,
      output,
    ],
  },
};

/** What one engine did, in each round. */
interface EngineResult {
  readonly engine: string;
  readonly seconds: readonly number[];
  /** The time of both cores together. */
  readonly processorSeconds: readonly number[];
  readonly peakMegabytes: number;
}

interface FilesResult {
  readonly numbers: number;
  readonly megabytes: number;
  /** The memory that each may use. */
  readonly mebibytes: number;
  readonly engines: readonly EngineResult[];
}

/** A file that is larger than the memory that its sort may take. */
export const filesSection: Section<FilesResult> = {
  title: "Files",
  measure: async ({ rounds }) => measureFiles(rounds),
  toMarkdown: (
    result,
    { rounds },
  ) => `\`pnpm bench files\`: ${result.numbers.toLocaleString("en")} random doubles as text (${result.megabytes.toFixed(0)} MB), from file to file. Each runs in a
process of its own, and its start counts. Each may use ${result.mebibytes} MiB, two cores and the disk. The figures are of ${rounds === 1 ? "one round" : `${rounds} rounds in turns, the medians`}.
DuckDB rounds to doubles; \`sort -n\` does not read exponents, and this file has none.

${table([
  ["", "seconds", "times Sorted's", "seconds of processors", "peak memory, MB"],
  ...result.engines.map(({ engine, seconds, processorSeconds, peakMegabytes }) => [
    engines[engine]?.title ?? engine,
    median(seconds).toFixed(2),
    times(result, engine, "sorted").toFixed(2),
    median(processorSeconds).toFixed(2),
    peakMegabytes.toFixed(0),
  ]),
])}`,
  goals: (result) => [
    {
      title: "files: times as fast as DuckDB by DOUBLE",
      goal: 2.5,
      measured: times(result, "duckdb", "sorted"),
      bound: "at least",
    },
    {
      title: "files: times as fast as sort -n",
      goal: 6,
      measured: times(result, "sort", "sorted"),
      bound: "at least",
    },
    {
      title: "files: times as long as cp, twice",
      goal: 2.5,
      measured: times(result, "sorted", "cp"),
      bound: "at most",
    },
  ],
};

/** How many times the seconds of another engine one takes: in the same round, as a machine's speed varies. */
function times({ engines }: FilesResult, one: string, other: string): number {
  const secondsOf = (name: string) => engines.find(({ engine }) => engine === name)?.seconds ?? [];
  const others = secondsOf(other);
  return median(secondsOf(one).map((seconds, round) => seconds / (others[round] ?? Number.NaN)));
}

function measureFiles(rounds: number): FilesResult {
  // Not `/tmp`, which may be in memory.
  const folder = mkdtempSync(join(process.env["TMPDIR"] ?? tmpdir(), "sorted-bench-"));
  const input = join(folder, "input");
  try {
    buildSorted();
    writeNumbers(input);
    const measured = Object.entries(engines).map(([engine, how]) => ({ engine, how, runs: [] as Run[] }));
    for (let round = 0; round < rounds; round += 1) {
      for (const { how, runs } of measured)
        runs.push(run(how, input, join(folder, "output"), join(folder, "time")));
    }
    return {
      numbers: NUMBERS,
      megabytes: statSync(input).size / 1e6,
      mebibytes: MEMORY_MEBIBYTES,
      engines: measured.map(({ engine, runs }) => ({
        engine,
        seconds: runs.map(({ seconds }) => seconds),
        processorSeconds: runs.map(({ processorSeconds }) => processorSeconds),
        peakMegabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
      })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds Sorted as its users run it, its threads beside it: the sources take longer to start. */
function buildSorted(): void {
  const threads = fileURLToPath(import.meta.resolve("@sorted/external-sort").replace(/[^/]+$/, "threads/"));
  const entryPoints = [join(PEERS, "sorted.ts"), join(threads, "thread.ts")];
  buildSync({
    entryPoints,
    outdir: BUILT,
    entryNames: "[name]",
    bundle: true,
    platform: "node",
    format: "esm",
  });
  writeFileSync(join(BUILT, "package.json"), '{"type":"module"}');
}

function writeNumbers(path: string): void {
  const random = createRandom(1);
  const file = openSync(path, "w");
  for (let left = NUMBERS; left > 0; left -= 100_000) {
    const lines = Array.from({ length: Math.min(left, 100_000) }, () => `${(random() - 0.5) * 2e6}\n`);
    writeSync(file, lines.join(""));
  }
  closeSync(file);
}

interface Run {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly megabytes: number;
}

/** Runs an engine; GNU time tells what it took. */
function run({ command, environment }: Engine, input: string, output: string, timeFile: string): Run {
  rmSync(output, { force: true });
  execFileSync("/usr/bin/time", ["--format=%e %U %S %M", `--output=${timeFile}`, ...command(input, output)], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...environment },
  });
  const figures = readFileSync(timeFile, "utf8").split(" ").map(Number);
  const [seconds = Number.NaN, user = Number.NaN, system = Number.NaN, kibibytes = Number.NaN] = figures;
  return { seconds, processorSeconds: user + system, megabytes: (kibibytes * 1024) / 1e6 };
}
