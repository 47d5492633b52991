/** How long a process takes to its first answer, and how much memory it has then: `pnpm bench start`. */
import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
import { median } from "../median.ts";
import type { Effort, Section } from "../section.ts";
import { processorSeconds, residentMegabytes } from "../server.ts";
import { table } from "../table.ts";
import { BUNDLE, IMAGE, makeWays, type Start } from "./ways.ts";

const FIRST_PORT = 4700;

/** How long to wait for a first answer. */
const MOST_MILLISECONDS = 60_000;

/** How often to ask. */
const PAUSE_MILLISECONDS = 2;

/** After its first answer a process still starts a thread. */
const REST_MILLISECONDS = 1000;

/** One way to start a service. */
interface StartResult {
  readonly title: string;
  /** From the start of the process to its first answer. */
  readonly milliseconds: number;
  /** The processor time of the process until then, in milliseconds. */
  readonly processor: number;
  /** Its resident memory a second later. */
  readonly megabytes: number;
}

export const startSection: Section<readonly StartResult[]> = {
  title: "Start",
  measure: measureStarts,
  toMarkdown: (
    results,
    { rounds },
  ) => `\`pnpm bench start\`: from the start of a process on one core until it has sorted its first body, of three numbers. Medians of
${rounds} rounds in which all take turns. The memory is what is resident a second later.
The image is measured if Docker has it, as [container.md](container.md) builds it.

${table([
  ["", "first answer, ms", "of a processor, ms", "memory, MB"],
  ...results.map(({ title, milliseconds, processor, megabytes }) => [
    title,
    milliseconds.toFixed(0),
    processor.toFixed(0),
    megabytes.toFixed(0),
  ]),
])}`,
  goals: (results) =>
    results
      .filter(({ title }) => title === BUNDLE || title === IMAGE)
      .map(({ title, milliseconds }) => ({
        title: `start of ${title}: milliseconds to the first answer`,
        goal: 200,
        measured: milliseconds,
        bound: "at most",
      })),
};

async function measureStarts({ rounds }: Effort): Promise<readonly StartResult[]> {
  const ways = [...(await makeWays())].map(([title, start]) => ({
    title,
    start,
    figures: [] as Omit<StartResult, "title">[],
  }));
  let port = FIRST_PORT;
  for (let round = 0; round < rounds; round += 1) {
    for (const { start, figures } of ways) {
      figures.push(await measureStart(start, port));
      // A port of its own, as no process may be asked in place of the next one.
      port += 1;
    }
  }
  return ways.map(({ title, figures }) => ({
    title,
    milliseconds: median(figures.map(({ milliseconds }) => milliseconds)),
    processor: median(figures.map(({ processor }) => processor)),
    megabytes: median(figures.map(({ megabytes }) => megabytes)),
  }));
}

async function measureStart(start: Start, port: number): Promise<Omit<StartResult, "title">> {
  // At the same time: Docker says that a process was started when it may have answered already.
  const [{ startedAt, pid, stop }, answeredAt] = await Promise.all([start(port), firstAnswer(port)]);
  try {
    const processor = processorSeconds(pid) * 1000;
    await sleep(REST_MILLISECONDS);
    return { milliseconds: answeredAt - startedAt, processor, megabytes: residentMegabytes(pid) };
  } finally {
    await stop();
  }
}

/** Asks until a sort is answered; returns the time of the answer, in milliseconds since 1970. */
async function firstAnswer(port: number): Promise<number> {
  const end = performance.now() + MOST_MILLISECONDS;
  while (performance.now() < end) {
    const answer = await request(`http://127.0.0.1:${port}/`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "[3,1,2]",
      reset: true,
    }).catch(() => undefined);
    if (answer?.statusCode === 200) {
      const answeredAt = Date.now();
      await answer.body.dump();
      return answeredAt;
    }
    await sleep(PAUSE_MILLISECONDS);
  }
  throw new Error(`nothing answers on port ${port}`);
}
