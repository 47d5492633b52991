import cluster, { type Worker } from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { answerWorkers } from "../cluster/primary.ts";
import { RateCounter } from "../cluster/rate-counter.ts";
import { hangs, workers, workersMetrics } from "../cluster/workers.ts";
import type { Config } from "../config/config.ts";
import { sharedResult } from "../load/shared-result.ts";
import { LogOutput } from "../telemetry/log-output.ts";
import { greeting } from "./greeting.ts";
import type { ServeOptions } from "./serve.ts";
import { STOP, STOP_SIGNALS } from "./stop.ts";

/** The pause before a worker that died before it served starts again: it may die again, many times a second. */
const PAUSE_SECONDS = 1;
/** For how long the metrics of all workers are shared by the workers that ask for them. */
const METRICS_MILLISECONDS = 1000;
/** How much longer than its own time limit a worker may take to stop. */
const KILL_SECONDS = 2;

/** Starts the workers, replaces those that die or hang, and stops them all. This process, the primary, keeps the port. */
export function supervise(
  { WORKERS, WORKER_TIMEOUT_SECONDS, LOG_LEVEL, SHUTDOWN_DELAY_SECONDS, GRACE_SECONDS }: Config,
  { isTerminal }: ServeOptions,
): void {
  const log = pino({ level: LOG_LEVEL }, new LogOutput(process.stdout));
  const counter = new RateCounter();
  answerWorkers({
    metrics: sharedResult(METRICS_MILLISECONDS, workersMetrics),
    count: (client, windowMilliseconds) => counter.count(client, windowMilliseconds),
  });

  const served = new WeakSet<Worker>();
  let hasServed = false;
  let isStopping = false;
  let status = 0;

  const end = (signal: string) => {
    log.error({ signal }, "stopping at once");
    for (const worker of workers()) worker.process.kill("SIGKILL");
    process.exit(1);
  };
  const stop = (signal: string) => {
    if (isStopping) return end(signal);
    isStopping = true;
    for (const worker of workers()) if (worker.isConnected()) worker.send(STOP);
    setTimeout(end, (SHUTDOWN_DELAY_SECONDS + GRACE_SECONDS + KILL_SECONDS) * 1000, "late").unref();
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);

  cluster.on("listening", async (worker, address) => {
    if (isTerminal && !hasServed) console.log(greeting(address));
    served.add(worker);
    hasServed = true;
    if (!(await hangs(worker, WORKER_TIMEOUT_SECONDS * 1000))) return;
    log.error({ pid: worker.process.pid }, "a worker gave no sign of life; killing it");
    worker.process.kill("SIGKILL");
  });
  cluster.on("exit", async (worker, code, signal) => {
    if (isStopping || !hasServed) {
      // A worker that a signal ended has no code.
      status ||= code ?? 1;
      // A worker that can't start has printed the reason.
      if (!hasServed && !isStopping) for (const other of workers()) other.process.kill("SIGKILL");
      if (workers().length === 0) process.exit(hasServed || isStopping ? status : 1);
      return;
    }
    log.error({ pid: worker.process.pid, code, signal }, "a worker died; starting another one");
    if (!served.has(worker)) await sleep(PAUSE_SECONDS * 1000);
    if (!isStopping) cluster.fork();
  });

  for (let count = 0; count < WORKERS; count += 1) cluster.fork();
}
