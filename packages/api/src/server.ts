import cluster from "node:cluster";
import { ConfigError, readConfig } from "./config/config.ts";
import { withTerminalDefaults } from "./process/greeting.ts";
import { ListenError } from "./process/listen-error.ts";
import { serve } from "./process/serve.ts";
import { supervise } from "./process/supervise.ts";

const isTerminal = process.stdout.isTTY === true;

try {
  const config = readConfig(withTerminalDefaults(process.env, isTerminal));
  if (config.WORKERS > 1 && cluster.isPrimary) supervise(config, { isTerminal });
  else await serve(config, { isTerminal });
} catch (error) {
  // One line is enough for an error that a setting solves. Any other error keeps its stack.
  if (error instanceof ConfigError) console.error(`bad configuration: ${error.message}`);
  else console.error(error instanceof ListenError ? error.message : error);
  process.exit(1);
}
