/**
 * What each feature of the service costs on load A: `pnpm bench features`. Measured is the processor time of a request: what
 * else runs on the machine changes the requests per second, but hardly that.
 */
import { bodyFile, requestsPerSecond } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { peers } from "./peers.ts";
import { writeSection } from "./performance-page.ts";
import { table } from "./report.ts";
import { Server } from "./server.ts";
import { median } from "./shapes.ts";

const FIRST_PORT = 4300;

const OFF = { SECURITY_HEADERS: "false", SERVER_TIMING: "false", METRICS: "false", COMPRESSION: "false" };

/** So that a busy machine is no overload. */
const PATIENT = { MAX_WAIT_MILLISECONDS: "60000" };

/** The first is what the others are compared with; the second is the default. */
const variants: { readonly [title: string]: NodeJS.ProcessEnv } = {
  "all below off": OFF,
  "as it is by default": {},
  "only security headers": { ...OFF, SECURITY_HEADERS: "true" },
  "only `Server-Timing`": { ...OFF, SERVER_TIMING: "true" },
  "only metrics": { ...OFF, METRICS: "true" },
  "only compression, not asked for": { ...OFF, COMPRESSION: "true" },
  "only a rate limit": { ...OFF, RATE_LIMIT_REQUESTS: String(2 ** 30) },
  "only CORS": { ...OFF, CORS_ORIGINS: "*" },
  "only trusted proxies": { ...OFF, TRUSTED_PROXIES: "10.0.0.0/8" },
  "only a log line a request": { ...OFF, LOG_LEVEL: "info", LOG_REQUESTS: "true" },
};

export async function measureFeatures({
  rounds,
  seconds,
}: {
  rounds: number;
  seconds: number;
}): Promise<void> {
  const { sorted } = peers;
  const load = loads["A"];
  if (sorted === undefined || load === undefined) throw new Error("there is no peer sorted, or no load A");
  const volley = { body: bodyFile("A", load.make()), connections: load.connections };
  const servers: { readonly title: string; readonly server: Server; readonly times: number[] }[] = [];
  try {
    for (const [title, settings] of Object.entries(variants)) {
      const environment = { ...sorted.environment, ...PATIENT, ...settings };
      const server = new Server({ ...sorted, environment }, FIRST_PORT + servers.length);
      servers.push({ title, server, times: [] });
      await server.ready();
      await requestsPerSecond({ ...volley, port: server.port, seconds: 2 });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const { server, times } of servers) {
        const start = server.processorSeconds;
        const rate = await requestsPerSecond({ ...volley, port: server.port, seconds });
        times.push(((server.processorSeconds - start) / (rate * seconds)) * 1e6);
      }
    }
  } finally {
    for (const { server } of servers) server.stop();
  }
  const base = median(servers[0]?.times ?? []);
  const rows = servers.map(({ title, times }) => {
    const time = median(times);
    return [title, time.toFixed(1), `${((base / time - 1) * 100).toFixed(1)} %`];
  });
  const result = table([["load A", "µs of a processor", "requests per second"], ...rows]);
  console.log(result);
  writeSection(
    "What features cost",
    `\`pnpm bench features\`, ${rounds} rounds of ${seconds} s, medians of the processor time of a request, and what that makes of the requests
per second that one core can do. Limits, admission and request ids have no switch and are in all rows.\n\n${result}`,
  );
}
