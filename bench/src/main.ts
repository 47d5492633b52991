/**
 * Measures the service beside its peers: `pnpm bench`, or for a part `pnpm bench A B --peers sorted,axum --rounds 3`.
 *
 * `pnpm bench features` and `pnpm bench overload` measure the service alone, and write their own sections.
 *
 * Servers run on the first core, the load on the second; peers take turns in each round. A run of everything writes
 * `docs/performance.md`.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { measureFeatures } from "./features.ts";
import { bodyFile, requestsPerSecond } from "./load-generator.ts";
import { loads, shapes } from "./loads.ts";
import { measureOverload } from "./overload.ts";
import { peers } from "./peers.ts";
import { type LoadResult, loadTable, shapeTable, writeReport } from "./report.ts";
import { Server } from "./server.ts";
import { measureShape, median } from "./shapes.ts";

const FIRST_PORT = 4200;

const parts = [...Object.keys(loads), "shapes", "features", "overload"];
const usage = `usage: pnpm bench [${parts.join(" ")}] [--peers ${Object.keys(peers).join()}] [--rounds 5] [--seconds 3]
       pnpm bench URL …   (measures a running service)`;

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      peers: { type: "string", default: Object.keys(peers).join() },
      rounds: { type: "string", default: "5" },
      seconds: { type: "string", default: "3" },
    },
  });
  const unknown = positionals.find((name) => !parts.includes(name));
  if (unknown !== undefined) throw new Error(`"${unknown}" is no part of it`);
  return { values, positionals };
}

let call: ReturnType<typeof readArguments>;
try {
  call = readArguments();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
  process.exit(2);
}
const { values, positionals } = call;
const wanted = positionals.length > 0 ? positionals : [...Object.keys(loads), "shapes"];

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

const measured = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
if (wanted.includes("features")) await measureFeatures(measured);
if (wanted.includes("overload")) await measureOverload(measured);

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
  writeReport(loadResults, shapeResults, {
    processor: cpus()[0]?.model ?? "unknown",
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
  });
}
