/** How the primary process asks a worker, which may hang. */
import cluster, { type Worker } from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import { AggregatorRegistry } from "prom-client";

/** How long the metrics wait for a worker. */
const METRICS_MILLISECONDS = 1000;
/** How often a worker is asked for a sign of life in the time in which it must give one. */
const ASKED_TIMES = 3;

type Topic = "life" | "metrics";

interface Asked {
  readonly askedId: number;
  readonly topic: Topic;
}

interface Told {
  readonly toldId: number;
  readonly answer: object;
}

const isAsked = (message: unknown): message is Asked =>
  typeof message === "object" && message !== null && "askedId" in message;
const isTold = (message: unknown): message is Told =>
  typeof message === "object" && message !== null && "toldId" in message;

/** In the primary process: who waits for an answer, by the id of the question. */
const open = new Map<number, (answer: object | undefined) => void>();
let lastId = 0;

/** Answers the primary process. Called once in each worker. */
export function answerPrimary(metrics: () => Promise<object>): void {
  process.on("message", async (message) => {
    if (!isAsked(message)) return;
    const answer = message.topic === "metrics" ? await metrics() : {};
    process.send?.({ toldId: message.askedId, answer } satisfies Told);
  });
}

/** The workers that have not ended. */
export function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

/** The metrics of all workers together. A worker that does not answer in time is left out. */
export async function workersMetrics(): Promise<string> {
  const connected = workers().filter((worker) => worker.isConnected());
  const answers = await Promise.all(connected.map((worker) => ask(worker, "metrics", METRICS_MILLISECONDS)));
  return AggregatorRegistry.aggregate(answers.filter((answer) => answer !== undefined)).metrics();
}

/**
 * Waits until the worker has given no sign of life for this long, or has ended.
 *
 * @returns whether the worker hangs
 */
export async function hangs(worker: Worker, timeoutMilliseconds: number): Promise<boolean> {
  const milliseconds = timeoutMilliseconds / ASKED_TIMES;
  let unanswered = 0;
  while (worker.isConnected()) {
    const start = performance.now();
    // One answer that is late proves nothing: this process may have been stopped too.
    unanswered = (await ask(worker, "life", milliseconds)) === undefined ? unanswered + 1 : 0;
    if (unanswered === ASKED_TIMES) return true;
    await sleep(Math.max(0, start + milliseconds - performance.now()), undefined, { ref: false });
  }
  return false;
}

/** @returns the answer; undefined if there is none in time */
function ask(worker: Worker, topic: Topic, milliseconds: number): Promise<object | undefined> {
  if (lastId === 0) {
    cluster.on("message", (_worker, message: unknown) => {
      if (isTold(message)) open.get(message.toldId)?.(message.answer);
    });
  }
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    const timer = setTimeout(() => close(undefined), milliseconds);
    const close = (answer: object | undefined) => {
      clearTimeout(timer);
      open.delete(id);
      resolve(answer);
    };
    open.set(id, close);
    // An error means that the worker has just ended.
    worker.send({ askedId: id, topic } satisfies Asked, () => undefined);
  });
}
