import envSchema from "env-schema";
import { type Static, Type } from "typebox";
import { availableMemoryBytes, memoryLimits } from "./memory-limits.ts";

/** No time here is longer: two together still fit into a timer of Node, whose milliseconds have 31 bits. */
const DAY_SECONDS = 86_400;

/** More than any body or answer has. */
export const NO_EVENT_LIMIT_BYTES = 2 ** 32;

/**
 * Every setting of the service: an environment variable each.
 *
 * @param memoryBytes what the process may use; decides the defaults of the limits
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
    LOG_LEVEL: Type.Enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      default: "info",
      description: "What is logged: this level and those above it.",
    }),
    LOG_REQUESTS: Type.Boolean({
      default: false,
      description: "Whether each request is logged too, with one line; start, stop and errors always are.",
    }),
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
    REQUEST_TIMEOUT_SECONDS: Type.Integer({
      default: 60,
      minimum: 1,
      maximum: DAY_SECONDS,
      description: "Time for a client to send a whole request, in seconds.",
    }),
    KEEP_ALIVE_TIMEOUT_SECONDS: Type.Integer({
      default: 72,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "How long an idle connection is kept, in seconds: longer than the load balancer keeps it, or clients see 502.",
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

/** The settings, checked, with their defaults. */
export type Config = Static<ReturnType<typeof configSchema>>;

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
  try {
    return envSchema<Config>({ schema: configSchema(availableMemoryBytes()), data: environment, env: false });
  } catch (error) {
    throw isValidationError(error) ? new ConfigError(error.errors.map(describe).join("; ")) : error;
  }
}

/** What Ajv says of one setting. */
interface Fault {
  readonly instancePath: string;
  readonly message: string;
  readonly params: { readonly allowedValues?: readonly string[]; readonly type?: string };
}

function isValidationError(error: unknown): error is { errors: Fault[] } {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function describe({ instancePath, message, params }: Fault): string {
  if (params.type === "boolean") return `${instancePath.slice(1)} must be true or false`;
  const allowed = params.allowedValues === undefined ? "" : `: ${params.allowedValues.join(", ")}`;
  return `${instancePath.slice(1)} ${message}${allowed}`;
}
