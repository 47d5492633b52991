/**
 * What each feature of the service costs on load A, and all that is on by default on the other loads: `pnpm bench
 * features`. Measured is the processor time of a request, as two servers at the same time share a core.
 */
import { bodyFile, requestsPerSecond, type Volley } from "./load-generator.ts";
import { type Load, loads } from "./loads.ts";
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

const COLUMNS = ["µs of a processor, all switches off", "so", "requests per second"];

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

/** Of large bodies there are fewer a second, so they are sent for longer. */
const TIMES_LONGER = 3;

export async function measureFeatures({
  rounds,
  seconds,
}: {
  rounds: number;
  seconds: number;
}): Promise<void> {
  const { A: small, ...larger } = loads;
  if (small === undefined) throw new Error("there is no load A");
  const rows = [["load A", ...COLUMNS]];
  for (const [title, settings] of Object.entries(variants))
    rows.push([title, ...(await compare(settings, volleyOf("A", small, seconds), rounds))]);
  const others = [["as it is by default", ...COLUMNS]];
  for (const [name, load] of Object.entries(larger))
    others.push([name, ...(await compare({}, volleyOf(name, load, seconds * TIMES_LONGER), rounds))]);
  const result = `${table(rows)}\n\n${table(others)}`;
  console.log(result);
  writeSection(
    "What features cost",
    `\`pnpm bench features\`: the processor time of a request, and what it makes of the requests per second that one core can do.
Medians of ${rounds} pairs of new processes, as no two run equally fast, which are at work at the same time for ${seconds} s
(${seconds * TIMES_LONGER} s for the larger loads). Limits, admission and request ids have no switch and are on in both.\n\n${result}`,
  );
}

function volleyOf(name: string, { make, connections }: Load, seconds: number): Omit<Volley, "port"> {
  return { body: bodyFile(name, make()), connections, seconds };
}

/** The figures below `COLUMNS`. */
async function compare(
  settings: NodeJS.ProcessEnv,
  volley: Omit<Volley, "port">,
  rounds: number,
): Promise<string[]> {
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push(await measurePair(settings, volley));
  return [
    median(pairs.map(({ base }) => base)).toFixed(1),
    median(pairs.map(({ variant }) => variant)).toFixed(1),
    `${((median(pairs.map(({ base, variant }) => base / variant)) - 1) * 100).toFixed(1)} %`,
  ];
}

/** Starts the service twice, and sends to both at the same time: whatever slows one of them slows the other. */
async function measurePair(settings: NodeJS.ProcessEnv, volley: Omit<Volley, "port">): Promise<Pair> {
  const servers = await Promise.all([start(OFF, PORTS.base), start(settings, PORTS.variant)]);
  const measure = (seconds: number) =>
    Promise.all(servers.map((server) => microsecondsPerRequest(server, { ...volley, seconds })));
  try {
    await measure(WARM_UP_SECONDS);
    const [base = Number.NaN, variant = Number.NaN] = await measure(volley.seconds);
    return { base, variant };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
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
