/** What each feature of the service costs on load A: `pnpm bench features`. */
import { bodyFile, requestsPerSecond } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { peers } from "./peers.ts";
import { writeSection } from "./performance-page.ts";
import { table } from "./report.ts";
import { Server } from "./server.ts";
import { median } from "./shapes.ts";

const FIRST_PORT = 4300;

const OFF = { SECURITY_HEADERS: "false", SERVER_TIMING: "false", METRICS: "false", COMPRESSION: "false" };

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
  const servers = Object.entries(variants).map(([title, environment], i) => ({
    title,
    server: new Server({ ...sorted, environment: { ...sorted.environment, ...environment } }, FIRST_PORT + i),
    rates: [] as number[],
  }));
  try {
    for (const { server } of servers) {
      await server.ready();
      await requestsPerSecond({ ...volley, port: server.port, seconds: 2 });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const { server, rates } of servers)
        rates.push(await requestsPerSecond({ ...volley, port: server.port, seconds }));
    }
  } finally {
    for (const { server } of servers) server.stop();
  }
  const base = median(servers[0]?.rates ?? []);
  const rows = servers.map(({ title, rates }) => {
    const rate = median(rates);
    return [title, Math.round(rate).toLocaleString("en"), `${((rate / base - 1) * 100).toFixed(1)} %`];
  });
  const result = table([["load A", "requests per second", "difference"], ...rows]);
  console.log(result);
  writeSection(
    "What features cost",
    `\`pnpm bench features\`, ${rounds} rounds of ${seconds} s, medians. Limits, admission and request ids have no switch and are in all rows.\n\n${result}`,
  );
}
