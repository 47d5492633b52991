import { setTimeout as sleep } from "node:timers/promises";
import closeWithGrace from "close-with-grace";
import { buildApp } from "./app.ts";
import { ConfigError, readConfig } from "./config.ts";

/** Faults of `listen` that a setting mends. */
const LISTEN_FAULTS = new Map([
  ["EADDRINUSE", "bad configuration: PORT is in use by another process"],
  ["EACCES", "bad configuration: PORT needs a privilege that this process lacks"],
  ["EAI_AGAIN", "bad configuration: HOST can't be resolved"],
  ["EINVAL", "bad configuration: HOST is no address to listen on"],
  ["EADDRNOTAVAIL", "bad configuration: HOST is no address of this machine"],
  ["ENOTFOUND", "bad configuration: HOST is no address of this machine"],
]);

async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const app = await buildApp(config);
  closeWithGrace(
    { delay: (config.SHUTDOWN_DELAY_SECONDS + config.GRACE_SECONDS) * 1000, logger: app.log },
    async ({ signal, err }) => {
      if (err) app.log.fatal({ err }, "stopping after an error");
      else app.log.info({ signal }, "stopping");
      app.drain();
      if (signal) await sleep(config.SHUTDOWN_DELAY_SECONDS * 1000);
      await app.close();
    },
  );
  await app.ready();
  await app.warmUp();
  await app.listen({ host: config.HOST, port: config.PORT });
}

try {
  await serve();
} catch (error) {
  // What a setting mends is told in one line; anything else keeps its stack.
  const fault = error instanceof Error && "code" in error ? LISTEN_FAULTS.get(String(error.code)) : undefined;
  console.error(error instanceof ConfigError ? `bad configuration: ${error.message}` : (fault ?? error));
  process.exit(1);
}
