/** The service as a process, or as several that share a port. */
import cluster from "node:cluster";
import { ConfigError, readConfig } from "./config/config.ts";
import { serve } from "./process/serve.ts";
import { supervise } from "./process/supervise.ts";

/** Faults of `listen` that a setting mends. */
const LISTEN_FAULTS = new Map([
  ["EADDRINUSE", "bad configuration: PORT is in use by another process"],
  ["EACCES", "bad configuration: PORT needs a privilege that this process lacks"],
  ["EAI_AGAIN", "bad configuration: HOST can't be resolved"],
  ["EINVAL", "bad configuration: HOST is no address to listen on"],
  ["EADDRNOTAVAIL", "bad configuration: HOST is no address of this machine"],
  ["ENOTFOUND", "bad configuration: HOST is no address of this machine"],
]);

try {
  const config = readConfig(process.env);
  if (config.WORKERS > 1 && cluster.isPrimary) supervise(config);
  else await serve(config);
} catch (error) {
  // What a setting mends is told in one line; anything else keeps its stack.
  const fault = error instanceof Error && "code" in error ? LISTEN_FAULTS.get(String(error.code)) : undefined;
  console.error(error instanceof ConfigError ? `bad configuration: ${error.message}` : (fault ?? error));
  process.exit(1);
}
