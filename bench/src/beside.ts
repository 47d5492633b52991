/** How long small requests take while large ones are sorted: `pnpm bench beside`. */
import { runClients } from "./clients.ts";
import { bodyFile, requestsPerSecond } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { median } from "./median.ts";
import { peers } from "./peers.ts";
import type { Effort, Section } from "./section.ts";
import { Server } from "./server.ts";
import { table } from "./table.ts";

const PORT = 4500;
const BOTH_CORES = "0,1";

/** One after the other, so that small requests wait only for large ones. */
const SMALL_CLIENTS = 1;

/** The 99th percentile of small requests, in milliseconds. */
interface BesideResult {
  readonly alone: number;
  readonly beside: number;
}

/** Small requests beside large ones. */
export const besideSection: Section<BesideResult> = {
  title: "Small requests beside large ones",
  measure: measureBeside,
  toMarkdown: (
    { alone, beside },
    { rounds, seconds },
  ) => `\`pnpm bench beside\`, ${rounds} rounds of ${seconds} s in turns. The server may use both cores; its clients share the second.

${table([
  ["99th percentile of A", "alone", "while 2 clients keep sending D", "times"],
  [
    `${SMALL_CLIENTS} client`,
    `${alone.toFixed(2)} ms`,
    `${beside.toFixed(2)} ms`,
    (beside / alone).toFixed(1),
  ],
])}`,
  goals: ({ alone, beside }) => [
    {
      title: "99th percentile of A beside two clients that send D: times that of A alone",
      goal: 4,
      measured: beside / alone,
      bound: "at most",
    },
  ],
};

async function measureBeside({ rounds, seconds }: Effort): Promise<BesideResult> {
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
  return { alone: median(alone), beside: median(beside) };
}
