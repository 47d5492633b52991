/** Ten times as many clients as the service has capacity for: `pnpm bench overload`. */
import { type Outcome, runClients } from "./clients.ts";
import { bodyFile } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { median } from "./median.ts";
import { peers } from "./peers.ts";
import type { Effort, Section } from "./section.ts";
import { Server } from "./server.ts";
import { table } from "./table.ts";

const PORT = 4400;
const TIMES = 10;
const LOADS = ["A", "B", "C", "D"];

/** One load, with its usual clients, and with ten times as many. */
interface OverloadResult {
  readonly load: string;
  /** Answers with 200 per second. */
  readonly capacity: number;
  readonly overloaded: number;
  /** The share of the capacity that remains, from neighbouring rounds. */
  readonly share: number;
  readonly refused: number;
  readonly failed: number;
  readonly medianMilliseconds: number;
  readonly p99Milliseconds: number;
}

/** The service with more clients than it can serve. */
export const overloadSection: Section<readonly OverloadResult[]> = {
  title: "Overload",
  measure: measureOverload,
  toMarkdown: (
    results,
    { rounds, seconds },
  ) => `\`pnpm bench overload\`, ${rounds} rounds of ${seconds} s each: how many requests a second the service answers with status 200, first from
the clients that each load has, then from ${TIMES} times as many, in turns. Each percentage compares neighbouring rounds. A client that gets a 503 waits as it says.

${table([
  ["load", "capacity", `${TIMES} times the clients`, "503", "failed", "median / p99 of admitted"],
  ...results.map((one) => [
    one.load,
    one.capacity.toFixed(1),
    `${one.overloaded.toFixed(1)} (${(one.share * 100).toFixed(0)} %)`,
    String(one.refused),
    String(one.failed),
    `${one.medianMilliseconds.toFixed(0)} / ${one.p99Milliseconds.toFixed(0)} ms`,
  ]),
])}`,
  goals: (results) =>
    results.map(({ load, share }) => ({
      title: `${load} with ten times its clients: percent of the capacity`,
      goal: 80,
      measured: share * 100,
      bound: "at least",
    })),
};

async function measureOverload({ rounds, seconds }: Effort): Promise<readonly OverloadResult[]> {
  const { sorted } = peers;
  if (sorted === undefined) throw new Error("there is no peer sorted");
  const results: OverloadResult[] = [];
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
      // In turns, so that each usual round except the first shows the recovery.
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
    // From neighbouring rounds, because the speed of a shared machine changes from minute to minute.
    const shares = overload.map(({ rate }, round) => rate / (usual[round]?.rate ?? Number.NaN));
    results.push({
      load: name,
      capacity: of(usual, "rate"),
      overloaded: of(overload, "rate"),
      share: median(shares),
      refused: sum(overload, "refused"),
      failed: sum([...usual, ...overload], "failed"),
      medianMilliseconds: of(overload, "median"),
      p99Milliseconds: of(overload, "p99"),
    });
  }
  return results;
}
