/**
 * What each feature of the service costs on load A, and what the default features cost on the other loads: `pnpm bench
 * features`. It measures the processor time of a request, with two servers that share a core.
 */
import { bodyFile, requestsPerSecond, type Volley } from "./load-generator.ts";
import { type Load, loads } from "./loads.ts";
import { median } from "./median.ts";
import { peers } from "./peers.ts";
import type { Effort, Section } from "./section.ts";
import { Server } from "./server.ts";
import { table } from "./table.ts";

const PORTS = { base: 4300, variant: 4301 };

const OFF = { SECURITY_HEADERS: "false", SERVER_TIMING: "false", METRICS: "false", COMPRESSION: "false" };

/** So that a busy machine does not count as overload. */
const PATIENT = { MAX_WAIT_MILLISECONDS: "60000" };

const WARM_UP_SECONDS = 2;

const COLUMNS = ["µs of a processor, all switches off", "µs with this", "requests per second"];

const DEFAULTS = "as it is by default";

/** The variants that are compared with all features off. */
const variants: { readonly [title: string]: NodeJS.ProcessEnv } = {
  [DEFAULTS]: {},
  "only security headers": { ...OFF, SECURITY_HEADERS: "true" },
  "only `Server-Timing`": { ...OFF, SERVER_TIMING: "true" },
  "only metrics": { ...OFF, METRICS: "true" },
  "only compression, not asked for": { ...OFF, COMPRESSION: "true" },
  "only a rate limit": { ...OFF, RATE_LIMIT_REQUESTS: String(2 ** 30) },
  "only CORS": { ...OFF, CORS_ORIGINS: "*" },
  "only trusted proxies": { ...OFF, TRUSTED_PROXIES: "10.0.0.0/8" },
  "only a log line a request": { ...OFF, LOG_LEVEL: "info", LOG_REQUESTS: "true" },
};

/** The processor time of a request, in microseconds, with all features off and with one variant. */
interface Pair {
  readonly base: number;
  readonly variant: number;
}

/** The service handles fewer large bodies per second, so they are sent for longer. */
const TIMES_LONGER = 3;

/** The cost of one variant under one load. */
interface FeatureResult {
  readonly load: string;
  readonly title: string;
  /** Processor time of a request, in microseconds. */
  readonly base: number;
  readonly variant: number;
  /** The variant's requests per second, as a multiple of the base's. */
  readonly rate: number;
}

/** The costs of features. */
export const featuresSection: Section<readonly FeatureResult[]> = {
  title: "What features cost",
  measure: measureFeatures,
  toMarkdown: (
    results,
    { rounds, seconds },
  ) => `\`pnpm bench features\`: the processor time of a request, and how it changes the requests per second that one core can answer.
Each figure is a median of ${rounds} pairs. A pair is two new processes that work at the same time for ${seconds} s
(${seconds * TIMES_LONGER} s for the larger loads), because no two processes run equally fast. The last column is the median of the pairs'
ratios, so it need not agree with the two medians before it. Limits, admission and request ids have no switch and are on in both.

${featureTable(
  "load A",
  results.filter(({ load }) => load === "A"),
  "title",
)}

${featureTable(
  DEFAULTS,
  results.filter(({ load }) => load !== "A"),
  "load",
)}`,
  goals: (results) =>
    results
      .filter(({ title }) => title === DEFAULTS)
      .map(({ load, rate }) => ({
        title: `${load}: percent that everything on by default costs`,
        goal: load === "A" ? 10 : 1,
        measured: (1 - rate) * 100,
        bound: "at most",
      })),
};

function featureTable(head: string, results: readonly FeatureResult[], key: "title" | "load"): string {
  return table([
    [head, ...COLUMNS],
    ...results.map((one) => [
      one[key],
      one.base.toFixed(1),
      one.variant.toFixed(1),
      `${((one.rate - 1) * 100).toFixed(1)} %`,
    ]),
  ]);
}

async function measureFeatures({ rounds, seconds }: Effort): Promise<readonly FeatureResult[]> {
  const { A: small, ...larger } = loads;
  if (small === undefined) throw new Error("there is no load A");
  const results: FeatureResult[] = [];
  for (const [title, settings] of Object.entries(variants)) {
    const figures = await compare(settings, volleyOf("A", small, seconds), rounds);
    results.push({ load: "A", title, ...figures });
  }
  for (const [name, load] of Object.entries(larger)) {
    const figures = await compare({}, volleyOf(name, load, seconds * TIMES_LONGER), rounds);
    results.push({ load: name, title: DEFAULTS, ...figures });
  }
  return results;
}

function volleyOf(name: string, { make, connections }: Load, seconds: number): Omit<Volley, "port"> {
  return { body: bodyFile(name, make()), connections, seconds };
}

async function compare(
  settings: NodeJS.ProcessEnv,
  volley: Omit<Volley, "port">,
  rounds: number,
): Promise<Pick<FeatureResult, "base" | "variant" | "rate">> {
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push(await measurePair(settings, volley));
  return {
    base: median(pairs.map(({ base }) => base)),
    variant: median(pairs.map(({ variant }) => variant)),
    rate: median(pairs.map(({ base, variant }) => base / variant)),
  };
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
