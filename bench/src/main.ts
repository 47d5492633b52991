/**
 * Measures the service: `pnpm bench` everything, `pnpm bench overload memory` some sections, each of which replaces its
 * part of `docs/performance.md`; `pnpm bench A B --peers sorted,axum` some loads with some peers, which it only prints.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { type Call, readCall } from "./call.ts";
import { loads } from "./loads.ts";
import { readMeasurements, saveMeasurement } from "./page/measurements.ts";
import { PAGE_FILE, performancePage } from "./page/page.ts";
import { buildPeers, measureLoad } from "./peer-loads.ts";
import { peers } from "./peers.ts";
import { loadTable } from "./peers-section.ts";
import { sections } from "./sections.ts";

const call = readCallOrExit();
const { rounds, seconds } = call;

function readCallOrExit(): Call {
  try {
    return readCall(process.argv.slice(2), {
      sections: Object.keys(sections),
      loads: Object.keys(loads),
      peers: Object.keys(peers),
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

const peerNames = call.loads.length > 0 ? buildPeers(call.peers) : [];
for (const load of call.loads) console.log(loadTable(await measureLoad(load, peerNames, call)));

for (const name of call.sections) {
  const section = sections[name];
  if (section === undefined) continue;
  const result = await section.measure({ rounds, seconds });
  console.log(`${section.title}\n\n${section.toMarkdown(result, { rounds, seconds })}\n`);
  const processor = cpus()[0]?.model ?? "unknown";
  const date = new Date().toISOString().slice(0, 10);
  saveMeasurement(name, {
    circumstances: { date, processor, node: process.version, rounds, seconds },
    result,
  });
  writeFileSync(PAGE_FILE, performancePage(readMeasurements()));
}
