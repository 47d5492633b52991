import { loads } from "./loads.ts";
import { peers } from "./peers.ts";
import { writePage } from "./performance-page.ts";
import { median, type ShapeResult } from "./shapes.ts";

export interface LoadResult {
  readonly load: string;
  readonly peer: string;
  /** Requests per second in each round. */
  readonly rates: readonly number[];
  readonly peakMegabytes: number;
}

export interface Circumstances {
  readonly processor: string;
  readonly rounds: number;
  readonly seconds: number;
}

/** A table in Markdown; the first row is its head. */
export const table = (rows: readonly (readonly string[])[]) =>
  rows
    .flatMap((cells, i) => [
      cells,
      ...(i === 0 ? [cells.map((_, column) => (column === 0 ? "---" : "--:"))] : []),
    ])
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

/** A row for each peer: requests per second, and in brackets how many times those of the peer Sorted has. */
export function loadTable(results: readonly LoadResult[]): string {
  const names = [...new Set(results.map(({ load }) => load))];
  const rows = [...new Set(results.map(({ peer }) => peer))].map((peer) => [
    peers[peer]?.title ?? peer,
    ...names.map((load) => {
      const rate = median(ratesOf(results, load, peer));
      if (rate === 0) return "none in time";
      return peer === "sorted"
        ? number(rate)
        : `${number(rate)} (${timesThoseOf(results, load, peer).toFixed(2)})`;
    }),
  ]);
  return table([["requests per second", ...names], ...rows]);
}

function ratesOf(results: readonly LoadResult[], load: string, peer: string): readonly number[] {
  return results.find((result) => result.load === load && result.peer === peer)?.rates ?? [];
}

/** How many times the requests per second of a peer Sorted has: in the same round, as a machine is not always as fast. */
function timesThoseOf(results: readonly LoadResult[], load: string, peer: string): number {
  const rates = ratesOf(results, load, peer);
  return median(ratesOf(results, load, "sorted").map((rate, round) => rate / (rates[round] ?? Number.NaN)));
}

export function shapeTable(results: readonly ShapeResult[]): string {
  return table([
    ["ns per number", "kernel", "JSON.parse, sort, JSON.stringify"],
    ...results.map(({ title, kernel, parsed }) => [title, number(kernel), number(parsed)]),
  ]);
}

/** A bar for each load: how many times the requests per second of Rust's axum Sorted has. */
function picture(results: readonly LoadResult[]): string {
  const bars = Object.keys(loads).flatMap((load) => {
    const ratio = timesThoseOf(results, load, "axum");
    return Number.isNaN(ratio) ? [] : [`${load} ${"█".repeat(Math.round(ratio * 20))} ${ratio.toFixed(2)}`];
  });
  return ["```", ...bars, `  ${"─".repeat(19)}┴ 1 = Rust's axum`, "```"].join("\n");
}

export function writeReport(
  loadResults: readonly LoadResult[],
  shapeResults: readonly ShapeResult[],
  { processor, rounds, seconds }: Circumstances,
): void {
  const peak = loadResults
    .filter(({ peer }) => peer === "sorted")
    .map(({ load, peakMegabytes }) => `${load} ${peakMegabytes.toFixed(0)} MB`);
  const text = `# Performance

Made by \`pnpm bench\` on ${new Date().toISOString().slice(0, 10)}: ${processor}, Node ${process.version}. Each server runs on one core, the load
(wrk) on another; the peers take turns, ${rounds} rounds of ${seconds} s; figures are medians. In brackets: how many times the
peer's requests per second Sorted answers, the median of the rounds. Peers are idiomatic, check their input, and compute with doubles; Sorted is exact.
It takes Linux, two cores, \`wrk\` and \`taskset\`; a peer whose tools (cargo, go, python3) are missing is left out.

${Object.entries(loads)
  .map(([name, { title, connections }]) => `- **${name}**: ${title}, ${connections} connections`)
  .join("\n")}

${loadTable(loadResults)}

${picture(loadResults)}

Peak memory of Sorted's process: ${peak.join(", ")}.

## Awkward shapes

In one process, a million numbers each (64 where tokens have 64 KB): the kernel, with the copy into its memory, beside
\`JSON.parse\`, the sort of a \`Float64Array\` and \`JSON.stringify\`.

${shapeTable(shapeResults)}
`;
  writePage(text);
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
}
