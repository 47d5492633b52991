/** How much memory large requests take, and whether it comes back: `pnpm bench memory`. */
import { createReadStream, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
import { bodyFile } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { peers } from "./peers.ts";
import type { Section } from "./section.ts";
import { Server } from "./server.ts";
import { table } from "./table.ts";

const PORT = 4600;

/** The memory is measured after these numbers of requests. */
const STEPS = [1, 20, 100, 200];

/** The service gives up idle memory sooner than this. */
const IDLE_SECONDS = 70;

interface MemoryResult {
  readonly bodyMegabytes: number;
  /** Resident memory at each step. The first is that of the idle service. */
  readonly steps: readonly { readonly title: string; readonly megabytes: number }[];
}

/** The memory that large requests take. */
export const memorySection: Section<MemoryResult> = {
  title: "Memory",
  measure: measureMemory,
  toMarkdown: ({
    bodyMegabytes,
    steps,
  }) => `\`pnpm bench memory\`: the resident memory of the service while a client sends a body of ${bodyMegabytes.toFixed(0)} MB (load D) again and again.

${table([
  ["memory", "MB", "above idle, in bodies"],
  ...steps.map(({ title, megabytes }) => [
    title,
    megabytes.toFixed(0),
    ((megabytes - idleMegabytes(steps)) / bodyMegabytes).toFixed(1),
  ]),
])}`,
  goals: ({ bodyMegabytes, steps }) => [
    {
      title: "peak memory of a million doubles above idle, in bodies",
      goal: 5,
      measured: (Math.max(...steps.map(({ megabytes }) => megabytes)) - idleMegabytes(steps)) / bodyMegabytes,
      bound: "at most",
    },
  ],
};

const idleMegabytes = (steps: MemoryResult["steps"]) => steps[0]?.megabytes ?? Number.NaN;

async function measureMemory(): Promise<MemoryResult> {
  const { sorted } = peers;
  const { D: large } = loads;
  if (sorted === undefined || large === undefined) throw new Error("D is missing");
  const file = bodyFile("D", large.make());
  const { size } = statSync(file);
  const bodyMegabytes = size / 1e6;
  const server = new Server(sorted, PORT);
  const steps: { title: string; megabytes: number }[] = [];
  try {
    await server.ready();
    await sleep(2000);
    const note = (title: string, megabytes: number) => steps.push({ title, megabytes });
    note("idle, before", server.residentMegabytes);
    let sent = 0;
    for (const step of STEPS) {
      for (; sent < step; sent += 1) {
        const { statusCode, body } = await request(`http://127.0.0.1:${server.port}/`, {
          method: "POST",
          headers: { "content-type": "application/json", "content-length": String(size) },
          body: createReadStream(file),
        });
        await body.dump({ limit: Number.POSITIVE_INFINITY });
        if (statusCode !== 200) throw new Error(`answers ${statusCode}`);
      }
      note(`the most in ${step} ${step === 1 ? "request" : "requests"}`, server.peakMegabytes);
    }
    await sleep(IDLE_SECONDS * 1000);
    note(`${IDLE_SECONDS} s after the last`, server.residentMegabytes);
  } finally {
    await server.stop();
  }
  return { bodyMegabytes, steps };
}
