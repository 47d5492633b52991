/** What happens with ten times as many clients as bring the service to its capacity: `pnpm bench overload`. */
import { runClients } from "./clients.ts";
import { bodyFile } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { peers } from "./peers.ts";
import { writeSection } from "./performance-page.ts";
import { table } from "./report.ts";
import { Server } from "./server.ts";

const PORT = 4400;
const TIMES = 10;
const LOADS = ["A", "B", "C", "D"];

export async function measureOverload({ seconds }: { seconds: number }): Promise<void> {
  const { sorted } = peers;
  if (sorted === undefined) throw new Error("there is no peer sorted");
  const rows: string[][] = [];
  for (const [i, name] of LOADS.entries()) {
    const load = loads[name];
    if (load === undefined) continue;
    const body = bodyFile(name, load.make());
    const server = new Server(sorted, PORT + i);
    try {
      await server.ready();
      await runClients(server.port, body, load.connections, 2);
      const capacity = await runClients(server.port, body, load.connections, seconds);
      const overload = await runClients(server.port, body, load.connections * TIMES, seconds);
      const after = await runClients(server.port, body, load.connections, seconds);
      rows.push([
        name,
        capacity.rate.toFixed(1),
        `${overload.rate.toFixed(1)} (${percent(overload.rate / capacity.rate)})`,
        String(overload.refused),
        String(capacity.failed + overload.failed + after.failed),
        `${overload.median.toFixed(0)} / ${overload.p99.toFixed(0)} ms`,
        `${after.rate.toFixed(1)} (${percent(after.rate / capacity.rate)})`,
      ]);
    } finally {
      server.stop();
    }
  }
  const header = [
    "load",
    "capacity",
    `${TIMES} times the clients`,
    "503",
    "failed",
    "median / p99 of admitted",
    "afterwards",
  ];
  const result = table([header, ...rows]);
  console.log(result);
  writeSection(
    "Overload",
    `\`pnpm bench overload\`, ${seconds} s each: 200 a second with the clients that each load has above, with ${TIMES} times as many, and with as many as before. Whoever gets a 503 waits as it says.\n\n${result}`,
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
