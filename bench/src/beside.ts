/** How long small requests take while large ones are sorted: `pnpm bench beside`. */
import { runClients } from "./clients.ts";
import { bodyFile, requestsPerSecond } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { peers } from "./peers.ts";
import { writeSection } from "./performance-page.ts";
import { table } from "./report.ts";
import { Server } from "./server.ts";
import { median } from "./shapes.ts";

const PORT = 4500;
const BOTH_CORES = "0,1";

/** One after the other: so that small requests wait for large ones only. */
const SMALL_CLIENTS = 1;

export async function measureBeside({ rounds, seconds }: { rounds: number; seconds: number }): Promise<void> {
  const { sorted } = peers;
  const { A: small, D: large } = loads;
  if (sorted === undefined || small === undefined || large === undefined)
    throw new Error("A or D is missing");
  const [smallBody, largeBody] = [bodyFile("A", small.make()), bodyFile("D", large.make())];
  const server = new Server(sorted, PORT, BOTH_CORES);
  const alone: number[] = [];
  const beside: number[] = [];
  try {
    await server.ready();
    await runClients(server.port, smallBody, SMALL_CLIENTS, 2);
    const sendLarge = () =>
      requestsPerSecond({ port: server.port, body: largeBody, connections: large.connections, seconds });
    await sendLarge();
    for (let round = 0; round < rounds; round += 1) {
      alone.push((await runClients(server.port, smallBody, SMALL_CLIENTS, seconds)).p99);
      const [outcome] = await Promise.all([
        runClients(server.port, smallBody, SMALL_CLIENTS, seconds),
        sendLarge(),
      ]);
      beside.push(outcome.p99);
    }
  } finally {
    await server.stop();
  }
  const [before, during] = [median(alone), median(beside)];
  const result = table([
    ["99th percentile of A", "alone", `while ${large.connections} clients keep sending D`, "times"],
    [
      `${SMALL_CLIENTS} client`,
      `${before.toFixed(2)} ms`,
      `${during.toFixed(2)} ms`,
      (during / before).toFixed(1),
    ],
  ]);
  console.log(result);
  writeSection(
    "Small requests beside large ones",
    `\`pnpm bench beside\`, ${rounds} rounds of ${seconds} s in turns, medians. The server may use both cores; its clients share the second.

${result}`,
  );
}
