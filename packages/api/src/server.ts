import cluster from "node:cluster";
import { ConfigError, readConfig } from "./config/config.ts";
import { withTerminalDefaults } from "./process/greeting.ts";
import { ListenError } from "./process/listen-error.ts";

const isTerminal = process.stdout.isTTY === true;

try {
  const config = readConfig(withTerminalDefaults(process.env, isTerminal));
  // Each process loads only what it needs: the primary process starts in a fraction of the time of the others.
  if (config.WORKERS > 1 && cluster.isPrimary) {
    const { supervise } = await import("./process/supervise.ts");
    supervise(config, { isTerminal });
  } else {
    const { serve } = await import("./process/serve.ts");
    await serve(config, { isTerminal });
  }
} catch (error) {
  // One line is enough for an error that a setting solves. Any other error keeps its stack.
  if (error instanceof ConfigError) console.error(`bad configuration: ${error.message}`);
  else console.error(error instanceof ListenError ? error.message : error);
  process.exit(1);
}
