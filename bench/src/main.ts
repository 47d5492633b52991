/**
 * Measures the service beside its peers: `pnpm bench`, or for a part `pnpm bench A B --peers sorted,axum --rounds 3`.
 *
 * `pnpm bench features`, `overload`, `beside` and `memory` measure the service alone, and write their own sections.
 *
 * Servers run on the first core, the load on the second; peers take turns in each round. A run of everything writes
 * `docs/performance.md`.
 */
import { cpus } from "node:os";
import { measureBeside } from "./beside.ts";
import { type Call, readCall } from "./call.ts";
import { measureFeatures } from "./features.ts";
import { loads, shapes } from "./loads.ts";
import { measureMemory } from "./memory.ts";
import { measureOverload } from "./overload.ts";
import { buildPeers, measureLoad } from "./peer-loads.ts";
import { peers } from "./peers.ts";
import { type LoadResult, loadTable, shapeTable, writeReport } from "./report.ts";
import { measureShape } from "./shapes.ts";

/** What is measured of the service alone, each in a section of its own. */
const sections = {
  features: measureFeatures,
  overload: measureOverload,
  beside: measureBeside,
  memory: measureMemory,
};
const { parts, isWhole, ...call } = readCallOrExit();

function readCallOrExit(): Call {
  const all = [...Object.keys(loads), "shapes", ...Object.keys(sections)];
  try {
    return readCall(process.argv.slice(2), all, Object.keys(peers));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

const isOfPeers = parts.some((name) => name in loads);
const peerNames = isOfPeers ? buildPeers(call.peers) : [];
const loadResults: LoadResult[] = [];
for (const name of parts) loadResults.push(...(await measureLoad(name, peerNames, call)));
const shapeResults = parts.includes("shapes")
  ? Object.entries(shapes).map(([title, make]) => measureShape(title, make()))
  : [];
if (loadResults.length > 0) console.log(loadTable(loadResults));
if (shapeResults.length > 0) console.log(shapeTable(shapeResults));
if (isWhole) writeReport(loadResults, shapeResults, { processor: cpus()[0]?.model ?? "unknown", ...call });
for (const [name, measure] of Object.entries(sections)) if (parts.includes(name)) await measure(call);
