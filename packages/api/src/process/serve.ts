import cluster from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import closeWithGrace from "close-with-grace";
import { buildApp } from "../app.ts";
import type { Config } from "../config/config.ts";
import { startTelemetry } from "../telemetry/telemetry.ts";

/** What the process that started this one says when it is to stop. */
export const STOP = "stop";

/** Signals that one of several processes leaves to the one that started it: they may come to all, or to that one alone. */
const SIGNALS = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

/** Serves until a signal, then finishes what is in flight. */
export async function serve(config: Config): Promise<void> {
  const telemetry = await startTelemetry(process.env);
  const app = await buildApp(config, { telemetry });
  const { close } = closeWithGrace(
    {
      delay: (config.SHUTDOWN_DELAY_SECONDS + config.GRACE_SECONDS) * 1000,
      logger: app.log,
      ...(cluster.isWorker && { skip: [...SIGNALS] }),
    },
    async ({ signal, err }) => {
      if (err) app.log.fatal({ err }, "stopping after an error");
      else app.log.info({ signal }, "stopping");
      app.drain();
      if (!err) await sleep(config.SHUTDOWN_DELAY_SECONDS * 1000);
      await app.close();
      await telemetry?.shutdown();
    },
  );
  if (cluster.isWorker) {
    for (const signal of SIGNALS) process.on(signal, () => undefined);
    process.on("message", (message) => {
      if (message === STOP) close();
    });
  }
  await app.ready();
  await app.warmUp();
  await app.listen({ host: config.HOST, port: config.PORT });
}
