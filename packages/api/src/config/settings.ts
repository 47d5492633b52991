import { memoryLimits } from "../load/memory-limits.ts";
import { mostConnections } from "../load/open-files.ts";
import { choice, flag, formed, integer, list, text, type ValueOf } from "./setting.ts";
import { isKeyHash, isOriginOrAny, isProxy } from "./setting-lists.ts";

/** The longest time of a setting. Two of them together still fit into a timer of Node: 31 bits of milliseconds. */
const DAY_SECONDS = 86_400;

/** As many as a process serves well: each takes memory. */
const USUAL_CONNECTIONS = 2000;

/** More bytes than any body or answer can have. */
export const NO_EVENT_LIMIT_BYTES = 2 ** 32;

/**
 * Every setting of the service. Each is an environment variable.
 *
 * The defaults of the limits depend on what one process may use.
 *
 * @param memoryBytes its memory
 * @param openFiles its open files
 */
export const settingsFor = (memoryBytes: number, openFiles: number) => {
  const limits = memoryLimits(memoryBytes);
  return {
    HOST: text({
      default: "127.0.0.1",
      description: "The address to listen on. The container sets `0.0.0.0`.",
    }),
    PORT: integer({
      default: 3000,
      minimum: 0,
      maximum: 65_535,
      description: "The TCP port to listen on. With 0 the system picks a free port.",
    }),
    WORKERS: formed({
      pattern: /^(auto|[1-9][0-9]?)$/,
      form: "auto or a number from 1 to 99",
      default: "1",
      description:
        "How many processes share the port. `auto` starts one for each processor, but no more than there is memory for, at 256 MiB each. The container sets `auto`. The service replaces a process that dies.",
    }),
    WORKER_TIMEOUT_SECONDS: integer({
      default: 30,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "With several processes: how long one may give no sign of life, in seconds. After that the service ends it and starts another one.",
    }),
    LOG_LEVEL: choice(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      default: "info",
      description:
        "The service logs messages of this level and above. On a terminal the default is `warn`, unless `LOG_REQUESTS` is true.",
    }),
    LOG_REQUESTS: flag({
      default: false,
      description:
        "Whether the service logs a line for each request. It always logs its start, its stop and errors.",
    }),
    MEMORY_BYTES: integer({
      minimum: 2 ** 20,
      description:
        "The memory that all processes together may use, in bytes. Without this setting it is the limit of the container, or else the memory of the machine. The service answers with 503 if a body does not fit beside those in flight.",
    }),
    MAX_BODY_BYTES: integer({
      default: limits.maxBodyBytes,
      minimum: 1,
      maximum: 2 ** 30,
      description:
        "The largest body that the service accepts, in bytes. The default is smaller than 64 MiB if there is too little memory.",
    }),
    MAX_NUMBERS: integer({
      default: limits.maxNumbers,
      minimum: 0,
      maximum: 2 ** 29,
      description:
        "How many numbers one request may have. The default is smaller than 10,000,000 if there is too little memory.",
    }),
    MAX_DEPTH: integer({
      default: 512,
      minimum: 0,
      maximum: 2 ** 20,
      description: "How deep brackets may nest.",
    }),
    MAX_EVENT_BYTES: integer({
      default: NO_EVENT_LIMIT_BYTES,
      minimum: 2 ** 14,
      maximum: NO_EVENT_LIMIT_BYTES,
      description:
        "On AWS Lambda: the largest request and the largest answer that Lambda can send, in bytes. It is 6291456 behind a function URL and 1000000 behind a load balancer. The default means no limit.",
    }),
    MAX_HEADER_BYTES: integer({
      default: 16_384,
      minimum: 1024,
      maximum: 2 ** 20,
      description: "How many bytes the URL and the names and values of the headers may have together.",
    }),
    MAX_CONNECTIONS: integer({
      default: Math.max(1, Math.min(USUAL_CONNECTIONS, mostConnections(openFiles))),
      minimum: 1,
      maximum: 65_535,
      description:
        "How many connections a process may have at the same time. On any further connection it answers probes, and other requests with 503. A process must be able to open 700 files more than this; the default is smaller than 2000 if it can't.",
    }),
    MAX_WAIT_MILLISECONDS: integer({
      default: 1000,
      minimum: 1,
      maximum: 60_000,
      description:
        "If requests wait longer than this, in milliseconds, the service answers new ones with 503.",
    }),
    SORT_TIMEOUT_SECONDS: integer({
      default: 30,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "How long a body over 64 KiB may wait for a thread and be sorted there, in seconds. After that the service gives up and answers with 503.",
    }),
    HEADERS_TIMEOUT_SECONDS: integer({
      default: 30,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "How long a client may take to send the request line and the headers, in seconds. `REQUEST_TIMEOUT_SECONDS` applies if it is shorter.",
    }),
    REQUEST_TIMEOUT_SECONDS: integer({
      default: 60,
      minimum: 1,
      maximum: DAY_SECONDS,
      description: "How long a client may take to send a whole request, in seconds.",
    }),
    BODY_TIMEOUT_SECONDS: integer({
      default: 10,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "How long a client may send a body more slowly than `MIN_BODY_BYTES_PER_SECOND`, in seconds. After that the service answers with 408 and closes the connection.",
    }),
    MIN_BODY_BYTES_PER_SECOND: integer({
      default: 1000,
      minimum: 1,
      maximum: 2 ** 30,
      description: "How fast a client must send a body, in bytes per second.",
    }),
    ANSWER_TIMEOUT_SECONDS: integer({
      default: 60,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "How long a client may read an answer more slowly than `MIN_ANSWER_BYTES_PER_SECOND`, in seconds. After that the service closes the connection.",
    }),
    MIN_ANSWER_BYTES_PER_SECOND: integer({
      default: 10_000,
      minimum: 1,
      maximum: 2 ** 30,
      description:
        "How fast a client must read an answer that the system can't hold for it, in bytes per second.",
    }),
    KEEP_ALIVE_TIMEOUT_SECONDS: integer({
      default: 72,
      minimum: 1,
      maximum: DAY_SECONDS,
      description:
        "How long the service keeps an idle connection open, in seconds. Set it higher than the load balancer's idle timeout, or clients see 502.",
    }),
    API_KEYS: list({
      isItem: isKeyHash,
      form: "SHA-256 hashes of keys, 64 hexadecimal digits each, separated by commas",
      description:
        "The SHA-256 hashes of the keys of clients that may sort: 64 hexadecimal digits each, separated by commas. Keys must be random, as from `openssl rand -hex 32`. Clients send theirs as `Authorization: Bearer KEY` or `X-API-Key: KEY`. Without this setting everyone may sort.",
    }),
    RATE_LIMIT_REQUESTS: integer({
      default: 0,
      minimum: 0,
      maximum: 2 ** 31,
      description:
        "How many requests one key may send in `RATE_LIMIT_SECONDS`; without a key, one address (for IPv6 one /64 network). 0 means no limit. Requests for unknown paths count; probes, preflights, the page and the other documents do not.",
    }),
    RATE_LIMIT_SECONDS: integer({
      default: 60,
      minimum: 1,
      maximum: DAY_SECONDS,
      description: "The time after which the count for `RATE_LIMIT_REQUESTS` starts again, in seconds.",
    }),
    TRUSTED_PROXIES: list({
      isItem: isProxy,
      form: "addresses, networks such as 10.0.0.0/16, loopback, linklocal or uniquelocal, separated by commas; never every address",
      description:
        "The proxies whose `X-Forwarded` headers the service believes (`-For`, `-Host`, `-Proto`, `-Prefix`): addresses, networks such as `10.0.0.0/16`, `loopback`, `linklocal` or `uniquelocal`, separated by commas. Without this setting it believes none.",
    }),
    CORS_ORIGINS: list({
      isItem: isOriginOrAny,
      form: "origins such as https://example.org, separated by commas, or *",
      description:
        "The origins whose pages may use the service from a browser, such as `https://example.org`, separated by commas; or `*` for all. Without this setting only the service's own page may.",
    }),
    COMPRESSION: flag({
      default: true,
      description:
        "Whether the service compresses answers over 1 KiB for clients that accept it. It always accepts compressed bodies; `MAX_BODY_BYTES` limits their size after decompression.",
    }),
    SECURITY_HEADERS: flag({
      default: true,
      description:
        "Whether answers have headers that tell browsers what they may not do with them. Turn it off if a proxy adds such headers.",
    }),
    SERVER_TIMING: flag({
      default: true,
      description: "Whether answers have a `Server-Timing` header, which says how long they took.",
    }),
    METRICS: flag({
      default: true,
      description: "Whether the service has `/metrics`, for Prometheus. With `API_KEYS` it needs a key.",
    }),
    SHUTDOWN_DELAY_SECONDS: integer({
      default: 0,
      minimum: 0,
      maximum: DAY_SECONDS,
      description:
        "How long `/readyz` fails after SIGTERM before the service closes the port, in seconds. A load balancer needs this time to notice.",
    }),
    GRACE_SECONDS: integer({
      default: 30,
      minimum: 1,
      maximum: DAY_SECONDS,
      description: "How long requests in flight may take to finish after that, in seconds.",
    }),
  };
};

/** The values of the settings, with their defaults. */
export type Settings = {
  readonly [Name in keyof ReturnType<typeof settingsFor>]: ValueOf<ReturnType<typeof settingsFor>[Name]>;
};
