/**
 * What each feature of the service costs on load A: `pnpm bench features`. Measured is the processor time of a request: what
 * else runs on the machine changes the requests per second, but hardly that.
 */
import { bodyFile, requestsPerSecond, type Volley } from "./load-generator.ts";
import { loads } from "./loads.ts";
import { peers } from "./peers.ts";
import { writeSection } from "./performance-page.ts";
import { table } from "./report.ts";
import { Server } from "./server.ts";
import { median } from "./shapes.ts";

const PORTS = { base: 4300, variant: 4301 };

const OFF = { SECURITY_HEADERS: "false", SERVER_TIMING: "false", METRICS: "false", COMPRESSION: "false" };

/** So that a busy machine is no overload. */
const PATIENT = { MAX_WAIT_MILLISECONDS: "60000" };

const WARM_UP_SECONDS = 2;

/** What is compared with all of it off. */
const variants: { readonly [title: string]: NodeJS.ProcessEnv } = {
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

/** The processor time of a request, in microseconds, with all off and with one variant. */
interface Pair {
  readonly base: number;
  readonly variant: number;
}

export async function measureFeatures({
  rounds,
  seconds,
}: {
  rounds: number;
  seconds: number;
}): Promise<void> {
  const load = loads["A"];
  if (load === undefined) throw new Error("there is no load A");
  const volley = { body: bodyFile("A", load.make()), connections: load.connections, seconds: 1 };
  const pairs = new Map<string, Pair[]>(Object.keys(variants).map((title) => [title, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [title, settings] of Object.entries(variants)) {
      pairs.get(title)?.push(await measurePair(settings, volley, seconds));
    }
  }
  const rows = [...pairs].map(([title, measured]) => [
    title,
    median(measured.map(({ base }) => base)).toFixed(1),
    median(measured.map(({ variant }) => variant)).toFixed(1),
    `${((median(measured.map(({ base, variant }) => base / variant)) - 1) * 100).toFixed(1)} %`,
  ]);
  const header = ["load A", "µs of a processor, all below off", "so", "requests per second"];
  const result = table([header, ...rows]);
  console.log(result);
  writeSection(
    "What features cost",
    `\`pnpm bench features\`: the processor time of a request, and what it makes of the requests per second that one core can do.
Medians of ${rounds} pairs of new processes, as no two run equally fast, which take turns for ${seconds} s each. Limits, admission and request
ids have no switch and are on in both.\n\n${result}`,
  );
}

/** Starts the service twice, and sends to both in turns. */
async function measurePair(
  settings: NodeJS.ProcessEnv,
  volley: Omit<Volley, "port">,
  turns: number,
): Promise<Pair> {
  const [base, variant] = await Promise.all([start(OFF, PORTS.base), start(settings, PORTS.variant)]);
  const times = { base: [] as number[], variant: [] as number[] };
  try {
    for (const { port } of [base, variant]) {
      await requestsPerSecond({ ...volley, port, seconds: WARM_UP_SECONDS });
    }
    for (let turn = 0; turn < turns; turn += 1) {
      times.base.push(await microsecondsPerRequest(base, volley));
      times.variant.push(await microsecondsPerRequest(variant, volley));
    }
  } finally {
    await Promise.all([base.stop(), variant.stop()]);
  }
  return { base: median(times.base), variant: median(times.variant) };
}

async function start(settings: NodeJS.ProcessEnv, port: number): Promise<Server> {
  const { sorted } = peers;
  if (sorted === undefined) throw new Error("there is no peer sorted");
  const server = new Server(
    { ...sorted, environment: { ...sorted.environment, ...PATIENT, ...settings } },
    port,
  );
  await server.ready();
  return server;
}

async function microsecondsPerRequest(server: Server, volley: Omit<Volley, "port">): Promise<number> {
  const start = server.processorSeconds;
  const rate = await requestsPerSecond({ ...volley, port: server.port });
  return ((server.processorSeconds - start) / (rate * volley.seconds)) * 1e6;
}
