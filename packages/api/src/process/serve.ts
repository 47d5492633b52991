import cluster from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import closeWithGrace from "close-with-grace";
import { buildApp } from "../app.ts";
import { answerPrimary } from "../cluster/workers.ts";
import type { Config } from "../config/config.ts";
import { startTelemetry } from "../telemetry/telemetry.ts";
import { greeting } from "./greeting.ts";
import { toListenError } from "./listen-error.ts";
import { STOP, STOP_SIGNALS } from "./stop.ts";

export interface ServeOptions {
  /** Whether standard output is a terminal, where a person wants a greeting. */
  readonly isTerminal: boolean;
}

/**
 * Serves until a signal comes, then finishes the requests in flight.
 *
 * @throws {ListenError} if the service can't listen on its address
 */
export async function serve(config: Config, { isTerminal }: ServeOptions): Promise<void> {
  const telemetry = await startTelemetry(process.env);
  const app = await buildApp(config, { telemetry });
  const stopping = new AbortController();
  const { close } = closeWithGrace(
    {
      delay: (config.SHUTDOWN_DELAY_SECONDS + config.GRACE_SECONDS) * 1000,
      logger: app.log,
      onTimeout: () => {
        // Each has a request or an answer that is not complete.
        const { size: connections } = app.connections;
        app.log.error({ connections }, "cut off connections that were not done in GRACE_SECONDS");
      },
      ...(cluster.isWorker && { skip: [...STOP_SIGNALS] }),
    },
    async ({ signal, err }) => {
      stopping.abort();
      if (err) app.log.fatal({ err }, "stopping after an error");
      else app.log.info({ signal }, "stopping");
      app.drain();
      if (!err) await sleep(config.SHUTDOWN_DELAY_SECONDS * 1000);
      await app.close();
      await telemetry?.shutdown();
    },
  );
  if (cluster.isWorker) {
    answerPrimary(() => app.metrics.getMetricsAsJSON());
    // The primary process acts on signals, which may reach all processes or only that one.
    for (const signal of STOP_SIGNALS) process.on(signal, () => undefined);
    process.on("message", (message) => {
      if (message === STOP) close();
    });
  }
  try {
    await app.listen({ host: config.HOST, port: config.PORT }).catch((error: unknown) => {
      throw toListenError(error, config);
    });
    await app.warmUp();
  } catch (error) {
    // A service that was told to stop while it starts can't listen any more. That is not a failure.
    if (stopping.signal.aborted) return;
    throw error;
  }
  // The primary process greets for its workers.
  const [address] = app.addresses();
  if (isTerminal && !cluster.isWorker && typeof address === "object") console.log(greeting(address));
}
