/**
 * Load from a separate process, on any host: `node load-process.ts CLIENTS URL…`, until SIGTERM. It prints the tally.
 */
import { text } from "node:stream/consumers";
import type { Host } from "./host.ts";
import { generateLoad, type Tally } from "./load.ts";

/** Load that has been started. */
export interface Load {
  /** Lets the last requests finish, and returns the tally of all. */
  stop(): Promise<Tally>;
}

/**
 * Starts it on a host.
 *
 * @param origin The address of the service; several if its name has several addresses.
 */
export function startLoad(host: Host, origin: string | readonly string[], clients: number): Load {
  const args = [import.meta.filename, String(clients), ...[origin].flat()];
  const child = host.start(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = child.stdout ? text(child.stdout) : Promise.resolve("");
  return {
    async stop() {
      child.kill("SIGTERM");
      return JSON.parse(await output);
    },
  };
}

if (import.meta.main) {
  const [clients, ...origins] = process.argv.slice(2);
  const end = new AbortController();
  process.once("SIGTERM", () => end.abort());
  console.log(JSON.stringify(await generateLoad(origins, Number(clients), end.signal)));
}
