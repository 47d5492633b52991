import { loads } from "./loads.ts";
import { median } from "./median.ts";
import { buildPeers, type LoadResult, measureLoad } from "./peer-loads.ts";
import { peers } from "./peers.ts";
import type { Section } from "./section.ts";
import { figure, table } from "./table.ts";

const GOALS: { readonly [load: string]: { readonly peer: string; readonly goal: number } } = {
  A: { peer: "fastify-bare", goal: 0.9 },
  B: { peer: "axum", goal: 1.5 },
  C: { peer: "axum", goal: 1.7 },
  D: { peer: "axum", goal: 1.4 },
  E: { peer: "axum", goal: 2.3 },
};

/** The service next to its peers, under every load. */
export const peersSection: Section<readonly LoadResult[]> = {
  title: "Beside peers",
  async measure(effort) {
    const names = buildPeers(Object.keys(peers));
    const results: LoadResult[] = [];
    for (const load of Object.keys(loads)) results.push(...(await measureLoad(load, names, effort)));
    return results;
  },
  toMarkdown(results, { rounds, seconds }) {
    const peak = results
      .filter(({ peer }) => peer === "sorted")
      .map(({ load, peakMegabytes }) => `${load} ${peakMegabytes.toFixed(0)} MB`);
    return `\`pnpm bench peers\`: ${rounds} rounds of ${seconds} s. In brackets: Sorted's requests per second as a multiple of the peer's,
the median of the rounds.

${loadTable(results)}

${picture(results)}

Peak memory of Sorted's process: ${peak.join(", ")}.`;
  },
  goals: (results) =>
    Object.entries(GOALS).map(([load, { peer, goal }]) => ({
      title: `${load}: requests per second, as a multiple of "${peers[peer]?.title ?? peer}"`,
      goal,
      measured: ratio(results, load, peer),
      bound: "at least",
    })),
};

/** A row for each peer: requests per second, and in brackets Sorted's as a multiple of the peer's. */
export function loadTable(results: readonly LoadResult[]): string {
  const names = [...new Set(results.map(({ load }) => load))];
  const rows = [...new Set(results.map(({ peer }) => peer))].map((peer) => [
    peers[peer]?.title ?? peer,
    ...names.map((load) => {
      const rate = median(ratesOf(results, load, peer));
      if (rate === 0) return "none in time";
      return peer === "sorted" ? figure(rate) : `${figure(rate)} (${ratio(results, load, peer).toFixed(2)})`;
    }),
  ]);
  return table([["requests per second", ...names], ...rows]);
}

function ratesOf(results: readonly LoadResult[], load: string, peer: string): readonly number[] {
  return results.find((result) => result.load === load && result.peer === peer)?.rates ?? [];
}

/** Sorted's requests per second as a multiple of a peer's, in the same round, because a machine's speed varies. */
function ratio(results: readonly LoadResult[], load: string, peer: string): number {
  const rates = ratesOf(results, load, peer);
  return median(ratesOf(results, load, "sorted").map((rate, round) => rate / (rates[round] ?? Number.NaN)));
}

/** A bar for each load: Sorted's requests per second as a multiple of those of Rust's axum. */
function picture(results: readonly LoadResult[]): string {
  const bars = Object.keys(loads).flatMap((load) => {
    const times = ratio(results, load, "axum");
    return Number.isNaN(times) ? [] : [`${load} ${"█".repeat(Math.round(times * 20))} ${times.toFixed(2)}`];
  });
  return ["```", ...bars, `  ${"─".repeat(19)}┴ 1 = Rust's axum`, "```"].join("\n");
}
