/** What the infrastructure knows of the application: a container image, a port and a few environment variables. */

/** The port that the application listens on inside its container. */
export const containerPort = 3000;

/** The port of the host that leads to {@link containerPort}. */
export const hostPort = 80;

/** Answers 200 when the application takes requests; fails at start-up, and from SIGTERM on. */
export const readyPath = "/readyz";

/** Answers 200 as long as the application runs. */
export const alivePath = "/healthz";

/** How the application is to behave, in the terms of whoever deploys it. */
export interface ApplicationOptions {
  /** After SIGTERM the ready route fails for this long while requests are still taken. */
  readonly shutdownDelaySeconds: number;
  /** Time for requests in flight after that. */
  readonly graceSeconds: number;
  /** Networks (CIDR) whose `X-Forwarded-*` headers are believed; none where the balancer adds no such header. */
  readonly trustedProxies: readonly string[];
  /** What AWS Lambda carries at most, where it is what runs the application. */
  readonly maxEventBytes?: number;
  /** Whether it has `/metrics`: not where nothing in front of it could keep clients from them. */
  readonly metrics: boolean;
  /** A log line for each request. */
  readonly logRequests: boolean;
  /** The SHA-256 hashes of the clients' keys; with none the application asks nobody for a key. */
  readonly apiKeyHashes: readonly string[];
  /** Further variables as `NAME=value`; they win over none of the above. */
  readonly environment: readonly string[];
}

/** The variables that {@link applicationEnvironment} sets, and no setting may. */
export const reservedVariables = [
  "HOST",
  "PORT",
  "SHUTDOWN_DELAY_SECONDS",
  "GRACE_SECONDS",
  "TRUSTED_PROXIES",
  "LOG_REQUESTS",
  "METRICS",
  "MAX_EVENT_BYTES",
  "API_KEYS",
] as const;

/**
 * Whether `line` is a variable as `NAME=value` that a setting may add.
 *
 * @example
 * isFreeVariable("LOG_LEVEL=warn") // true
 * isFreeVariable("PORT=80") // false: the program sets it
 */
export function isFreeVariable(line: string): boolean {
  const [, name] = /^([A-Z][A-Z0-9_]*)=[^\r\n]*$/.exec(line) ?? [];
  return name !== undefined && !reservedVariables.some((reserved) => reserved === name);
}

/** Whether `text` is the SHA-256 hash of a key, in hexadecimal digits. */
export function isKeyHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/**
 * The environment of the container. The image itself sets `HOST`.
 *
 * @example
 * applicationEnvironment({ shutdownDelaySeconds: 15, graceSeconds: 30, trustedProxies: ["10.0.128.0/20"], metrics: true, logRequests: false, apiKeyHashes: [], environment: [] })
 * // { PORT: "3000", SHUTDOWN_DELAY_SECONDS: "15", GRACE_SECONDS: "30", LOG_REQUESTS: "false", METRICS: "true", TRUSTED_PROXIES: "10.0.128.0/20" }
 */
export function applicationEnvironment(options: ApplicationOptions): Record<string, string> {
  const further = options.environment.map((line): [string, string] => {
    const equals = line.indexOf("=");
    return [line.slice(0, equals), line.slice(equals + 1)];
  });
  return {
    ...Object.fromEntries(further),
    PORT: String(containerPort),
    SHUTDOWN_DELAY_SECONDS: String(options.shutdownDelaySeconds),
    GRACE_SECONDS: String(options.graceSeconds),
    LOG_REQUESTS: String(options.logRequests),
    METRICS: String(options.metrics),
    ...(options.maxEventBytes !== undefined && { MAX_EVENT_BYTES: String(options.maxEventBytes) }),
    ...(options.apiKeyHashes.length > 0 && { API_KEYS: options.apiKeyHashes.join(",") }),
    ...(options.trustedProxies.length > 0 && { TRUSTED_PROXIES: options.trustedProxies.join(",") }),
  };
}
