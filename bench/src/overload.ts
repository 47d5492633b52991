/** What happens with ten times as many clients as bring the service to its capacity: `pnpm bench overload`. */
import { type Outcome, runClients } from "./clients.ts";
import { bodyFile } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { peers } from "./peers.ts";
import { writeSection } from "./performance-page.ts";
import { table } from "./report.ts";
import { Server } from "./server.ts";
import { median } from "./shapes.ts";

const PORT = 4400;
const TIMES = 10;
const LOADS = ["A", "B", "C", "D"];

export async function measureOverload({
  rounds,
  seconds,
}: {
  rounds: number;
  seconds: number;
}): Promise<void> {
  const { sorted } = peers;
  if (sorted === undefined) throw new Error("there is no peer sorted");
  const rows: string[][] = [];
  for (const [i, name] of LOADS.entries()) {
    const load = loads[name];
    if (load === undefined) continue;
    const body = bodyFile(name, load.make());
    const server = new Server(sorted, PORT + i);
    const usual: Outcome[] = [];
    const overload: Outcome[] = [];
    try {
      await server.ready();
      await runClients(server.port, body, load.connections, 2);
      // In turns, so that each usual round but the first shows the recovery.
      for (let round = 0; round < rounds; round += 1) {
        usual.push(await runClients(server.port, body, load.connections, seconds));
        overload.push(await runClients(server.port, body, load.connections * TIMES, seconds));
      }
    } finally {
      await server.stop();
    }
    const of = (outcomes: readonly Outcome[], figure: keyof Outcome) =>
      median(outcomes.map((outcome) => outcome[figure]));
    const sum = (outcomes: readonly Outcome[], figure: keyof Outcome) =>
      outcomes.reduce((total, outcome) => total + outcome[figure], 0);
    // Of neighbouring rounds, as no two minutes of a shared machine are equally fast.
    const shares = overload.map(({ rate }, round) => rate / (usual[round]?.rate ?? Number.NaN));
    rows.push([
      name,
      of(usual, "rate").toFixed(1),
      `${of(overload, "rate").toFixed(1)} (${(median(shares) * 100).toFixed(0)} %)`,
      String(sum(overload, "refused")),
      String(sum([...usual, ...overload], "failed")),
      `${of(overload, "median").toFixed(0)} / ${of(overload, "p99").toFixed(0)} ms`,
    ]);
  }
  const header = [
    "load",
    "capacity",
    `${TIMES} times the clients`,
    "503",
    "failed",
    "median / p99 of admitted",
  ];
  const result = table([header, ...rows]);
  console.log(result);
  writeSection(
    "Overload",
    `\`pnpm bench overload\`, ${rounds} rounds of ${seconds} s each, medians: answers with 200 a second with the clients that each load has,
then with ${TIMES} times as many, in turns; percentages are of neighbouring rounds. Whoever gets a 503 waits as it says.

${result}`,
  );
}
