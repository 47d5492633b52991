import envSchema from "env-schema";
import { type Static, Type } from "typebox";
import { processMemoryBytes, workerCount } from "../cluster/process-counts.ts";
import {
  availableMemoryBytes,
  bodyMemoryBytes,
  halfBudgetBytes,
  memoryLimits,
  numbersMemoryBytes,
} from "../load/memory-limits.ts";
import { LIST_FORMS, type ListName, type Lists, readList } from "./setting-lists.ts";

/** No time here is longer: two together still fit into a timer of Node, whose milliseconds have 31 bits. */
const DAY_SECONDS = 86_400;

/** More than any body or answer has. */
export const NO_EVENT_LIMIT_BYTES = 2 ** 32;

const WORKERS_PATTERN = "^(auto|[1-9][0-9]?)$";

/** What a text must be, in words, by its pattern. */
export const FORMS: ReadonlyMap<string, string> = new Map([
  [WORKERS_PATTERN, "auto or a number from 1 to 99"],
]);

/**
 * Every setting of the service: an environment variable each.
 *
 * @param memoryBytes what one process may use; decides the defaults of the limits
 */
export const configSchema = (memoryBytes: number) => {
  const limits = memoryLimits(memoryBytes);
  return Type.Object({
    HOST: Type.String({
      default: "127.0.0.1",
      minLength: 1,
      description: "Address to listen on. The container sets `0.0.0.0`.",
    }),
    PORT: Type.Integer({
      default: 3000,
      minimum: 0,
      maximum: 65_535,
      description: "TCP port to listen on; 0 takes a free one.",
    }),
    WORKERS: Type.String({
      default: "1",
      pattern: WORKERS_PATTERN,
      description:
        "How many processes share the port: a number, or `auto` for one for each processor, as far as there are 256 MiB for each. The container sets `auto`. One that dies is replaced.",
    }),
    LOG_LEVEL: Type.Enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      default: "info",
      description: "What is logged: this level and those above it.",
    }),
    LOG_REQUESTS: Type.Boolean({
      default: false,
      description: "Whether each request is logged too, with one line; start, stop and errors always are.",
    }),
    MEMORY_BYTES: Type.Optional(
      Type.Integer({
        minimum: 2 ** 20,
        description:
          "Memory that all processes together may use, in bytes; without it, the limit of the container or else what the machine has. The bodies in flight are admitted against it: what does not fit is answered with 503.",
      }),
    ),
    MAX_BODY_BYTES: Type.Integer({
      default: limits.maxBodyBytes,
      minimum: 1,
      maximum: 2 ** 30,
      description: "Largest body, in bytes. Less than 64 MiB by default where the memory for it is lacking.",
    }),
    MAX_NUMBERS: Type.Integer({
      default: limits.maxNumbers,
      minimum: 0,
      maximum: 2 ** 29,
      description:
        "Most numbers in one request. Less than 10,000,000 by default where the memory for it is lacking.",
    }),
    MAX_DEPTH: Type.Integer({
      default: 512,
      minimum: 0,
      maximum: 2 ** 20,
      description: "How deeply brackets may be nested.",
    }),
    MAX_EVENT_BYTES: Type.Integer({
      default: NO_EVENT_LIMIT_BYTES,
      minimum: 2 ** 14,
      maximum: NO_EVENT_LIMIT_BYTES,
      description:
        "On AWS Lambda, the largest request and the largest answer as Lambda carries them, in bytes: 6291456 behind a function URL, 1000000 behind a load balancer. The default is no limit.",
    }),
    MAX_HEADER_BYTES: Type.Integer({
      default: 16_384,
      minimum: 1024,
      maximum: 2 ** 20,
      description: "Most bytes of the URL and the names and values of the headers together.",
    }),
    MAX_CONNECTIONS: Type.Integer({
      default: 2000,
      minimum: 1,
      maximum: 65_535,
      description:
        "Most connections of a process at the same time; one more is closed as soon as it is made.",
    }),
    MAX_WAIT_MILLISECONDS: Type.Integer({
      default: 1000,
      minimum: 1,
      maximum: 60_000,
      description:
        "When requests have to wait longer than this before they are worked on, new ones are answered with 503.",
    }),
    SORT_TIMEOUT_SECONDS: Type.Integer({
      default: 30,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "Time for a body over 64 KiB to wait for a thread and to be sorted there, in seconds; then it is given up and answered with 503.",
    }),
    HEADERS_TIMEOUT_SECONDS: Type.Integer({
      default: 30,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "Time for a client to send the request line and the headers, in seconds; never more than `REQUEST_TIMEOUT_SECONDS`.",
    }),
    REQUEST_TIMEOUT_SECONDS: Type.Integer({
      default: 60,
      minimum: 1,
      maximum: DAY_SECONDS,
      description: "Time for a client to send a whole request, in seconds.",
    }),
    ANSWER_TIMEOUT_SECONDS: Type.Integer({
      default: 60,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "How long a client may take nothing of the answer to a body over 64 KiB, in seconds; then the connection is closed.",
    }),
    KEEP_ALIVE_TIMEOUT_SECONDS: Type.Integer({
      default: 72,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "How long an idle connection is kept, in seconds: longer than the load balancer keeps it, or clients see 502.",
    }),
    API_KEYS: Type.Optional(
      Type.String({
        description:
          "Who may sort: the SHA-256 hashes of their keys, 64 hexadecimal digits each, with commas between. Keys come as `Authorization: Bearer KEY` or `X-API-Key: KEY`. Without it everyone may.",
      }),
    ),
    RATE_LIMIT_REQUESTS: Type.Integer({
      default: 0,
      minimum: 0,
      maximum: 2 ** 31,
      description:
        "Most requests in `RATE_LIMIT_SECONDS` of one key or, without a key, one address (of IPv6 one /64 network); 0: no limit. Unknown paths count, probes do not.",
    }),
    RATE_LIMIT_SECONDS: Type.Integer({
      default: 60,
      minimum: 1,
      maximum: DAY_SECONDS,
      description: "After so long the count of `RATE_LIMIT_REQUESTS` begins anew, in seconds.",
    }),
    TRUSTED_PROXIES: Type.Optional(
      Type.String({
        description:
          "Proxies whose `X-Forwarded-For` is believed: addresses and networks such as `10.0.0.0/16`, `loopback`, `linklocal` or `uniquelocal`, with commas between. Without it nobody's is.",
      }),
    ),
    CORS_ORIGINS: Type.Optional(
      Type.String({
        description:
          "Pages of other origins that may use the service from a browser: origins such as `https://example.org` with commas between, or `*`. Without it none may.",
      }),
    ),
    COMPRESSION: Type.Boolean({
      default: true,
      description:
        "Whether answers over 1 KiB are compressed for clients that accept it. Compressed bodies are always taken; what they become counts against `MAX_BODY_BYTES`.",
    }),
    SECURITY_HEADERS: Type.Boolean({
      default: true,
      description: "Whether answers tell browsers what not to do with them; a proxy may do so instead.",
    }),
    SERVER_TIMING: Type.Boolean({
      default: true,
      description: "Whether the header `Server-Timing` of answers says how long they took.",
    }),
    METRICS: Type.Boolean({
      default: true,
      description: "Whether `/metrics` is there for Prometheus; with `API_KEYS` it needs a key.",
    }),
    SHUTDOWN_DELAY_SECONDS: Type.Integer({
      default: 0,
      minimum: 0,
      maximum: DAY_SECONDS,
      description:
        "After SIGTERM, how long `/readyz` fails before the port is closed, in seconds: time for a load balancer to notice.",
    }),
    GRACE_SECONDS: Type.Integer({
      default: 30,
      minimum: 1,
      maximum: DAY_SECONDS,
      description: "After that, how long requests in flight may take to finish, in seconds.",
    }),
  });
};

type Settings = Static<ReturnType<typeof configSchema>>;

/** The settings, checked, with their defaults. */
export interface Config extends Omit<Settings, "MEMORY_BYTES" | "WORKERS" | ListName>, Lists {
  readonly WORKERS: number;
  /** What each process may use. */
  readonly processMemoryBytes: number;
}

/** A setting that is wrong; the message names it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the settings from the environment.
 *
 * @throws {ConfigError} naming every setting that is wrong, and what would be right
 * @example
 * readConfig({ PORT: "8080" }).PORT; // 8080
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  // The number of processes decides how much memory each of them has, and that the defaults of other settings.
  const { MEMORY_BYTES: memoryBytes = availableMemoryBytes(), WORKERS } = readSettings(environment, 0);
  const workers = workerCount(WORKERS, memoryBytes);
  const processBytes = processMemoryBytes(memoryBytes, workers);
  const settings = readSettings(environment, processBytes);
  const config = {
    ...settings,
    ...readLists(settings),
    WORKERS: workers,
    processMemoryBytes: processBytes,
  };
  requireRoom(config);
  return config;
}

/** @throws {ConfigError} where one request that the limits allow would not fit into the memory of a process */
function requireRoom({ MAX_BODY_BYTES, MAX_NUMBERS, processMemoryBytes }: Config): void {
  const halfBytes = halfBudgetBytes(processMemoryBytes);
  const has = `fits into the ${Math.floor(processMemoryBytes / 2 ** 20)} MiB that a process has`;
  if (bodyMemoryBytes(MAX_BODY_BYTES) > halfBytes)
    throw new ConfigError(
      `MAX_BODY_BYTES must be <= ${Math.floor(halfBytes / bodyMemoryBytes(1))}: no more ${has}`,
    );
  if (numbersMemoryBytes(MAX_BODY_BYTES, MAX_NUMBERS) > halfBytes)
    throw new ConfigError(
      `MAX_NUMBERS must be <= ${Math.floor(halfBytes / numbersMemoryBytes(2, 1))}: no more ${has}`,
    );
}

/** @throws {ConfigError} naming the list that has a wrong item; never the item, which may be a secret */
function readLists(settings: Settings): Lists {
  const read = (name: ListName): readonly string[] => {
    const items = readList(name, settings[name]);
    if (items === undefined) throw new ConfigError(`${name} must be ${LIST_FORMS[name]}`);
    return items;
  };
  return {
    API_KEYS: read("API_KEYS"),
    TRUSTED_PROXIES: read("TRUSTED_PROXIES"),
    CORS_ORIGINS: read("CORS_ORIGINS"),
  };
}

function readSettings(environment: NodeJS.ProcessEnv, memoryBytes: number): Settings {
  try {
    return envSchema<Settings>({ schema: configSchema(memoryBytes), data: environment, env: false });
  } catch (error) {
    throw isValidationError(error) ? new ConfigError(error.errors.map(describe).join("; ")) : error;
  }
}

/** What Ajv says of one setting. */
interface Fault {
  readonly instancePath: string;
  readonly message: string;
  readonly params: {
    readonly allowedValues?: readonly string[];
    readonly pattern?: string;
    readonly type?: string;
  };
}

function isValidationError(error: unknown): error is { errors: Fault[] } {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function describe({ instancePath, message, params }: Fault): string {
  const name = instancePath.slice(1);
  if (params.type === "boolean") return `${name} must be true or false`;
  if (params.pattern !== undefined) return `${name} must be ${FORMS.get(params.pattern)}`;
  const allowed = params.allowedValues === undefined ? "" : `: ${params.allowedValues.join(", ")}`;
  return `${name} ${message}${allowed}`;
}
