/**
 * Measures the service beside its peers: `pnpm bench`, or for a part `pnpm bench A B --peers sorted,axum --rounds 3`.
 *
 * `pnpm bench features`, `overload`, `beside` and `memory` measure the service alone, and write their own sections.
 *
 * Servers run on the first core, the load on the second; peers take turns in each round. A run of everything writes
 * `docs/performance.md`.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { measureBeside } from "./beside.ts";
import { measureFeatures } from "./features.ts";
import { bodyFile, requestsPerSecond } from "./load-generator.ts";
import { loads, shapes } from "./loads.ts";
import { measureMemory } from "./memory.ts";
import { measureOverload } from "./overload.ts";
import { peers } from "./peers.ts";
import { type LoadResult, loadTable, shapeTable, writeReport } from "./report.ts";
import { Server } from "./server.ts";
import { measureShape, median } from "./shapes.ts";

const FIRST_PORT = 4200;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: "string", default: Object.keys(peers).join() },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
  },
});

/** What is measured of the service alone, each in a section of its own. */
const sections = {
  features: measureFeatures,
  overload: measureOverload,
  beside: measureBeside,
  memory: measureMemory,
};
const all = [...Object.keys(loads), "shapes", ...Object.keys(sections)];
const wanted = positionals.length > 0 ? positionals : all;
const unknown = wanted.find((name) => !all.includes(name));
if (unknown !== undefined) throw new Error(`there is no ${unknown}; there are ${all.join(", ")}`);

/** Builds the peers; one whose tools are missing is left out. */
function build(names: readonly string[]): string[] {
  return names.filter((name) => {
    try {
      peers[name]?.build();
      return name in peers;
    } catch (error) {
      console.error(`left out: ${name}: ${error instanceof Error ? error.message : error}`);
      return false;
    }
  });
}

async function measureLoad(name: string, peerNames: readonly string[]): Promise<LoadResult[]> {
  const load = loads[name];
  if (load === undefined) return [];
  const body = bodyFile(name, load.make());
  const results: LoadResult[] = [];
  const rates = new Map<string, number[]>(peerNames.map((peer) => [peer, []]));
  const servers = new Map<string, Server>();
  try {
    for (const [i, peer] of peerNames.entries()) {
      const definition = peers[peer];
      if (definition === undefined) continue;
      const server = new Server(definition, FIRST_PORT + i);
      servers.set(peer, server);
      await server.ready();
    }
    const volley = { body, connections: load.connections };
    for (const { port } of servers.values()) await requestsPerSecond({ ...volley, port, seconds: 2 });
    for (let round = 0; round < Number(values.rounds); round += 1) {
      for (const [peer, { port }] of servers) {
        rates.get(peer)?.push(await requestsPerSecond({ ...volley, port, seconds: Number(values.seconds) }));
      }
    }
    for (const [peer, { peakMegabytes }] of servers) {
      results.push({ load: name, peer, rate: median(rates.get(peer) ?? []), peakMegabytes });
    }
  } finally {
    for (const server of servers.values()) server.stop();
  }
  return results;
}

const extent = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
const isOfPeers = wanted.some((name) => name in loads);
const peerNames = !isOfPeers ? [] : build(values.peers.split(","));
const loadResults: LoadResult[] = [];
for (const name of wanted) loadResults.push(...(await measureLoad(name, peerNames)));
const shapeResults = wanted.includes("shapes")
  ? Object.entries(shapes).map(([title, make]) => measureShape(title, make()))
  : [];
if (loadResults.length > 0) console.log(loadTable(loadResults));
if (shapeResults.length > 0) console.log(shapeTable(shapeResults));
if (positionals.length === 0) {
  writeReport(loadResults, shapeResults, { processor: cpus()[0]?.model ?? "unknown", ...extent });
}
for (const [name, measure] of Object.entries(sections)) if (wanted.includes(name)) await measure(extent);
