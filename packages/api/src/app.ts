import type { Writable } from "node:stream";
import cors from "@fastify/cors";
import sensible from "@fastify/sensible";
import fastify, { type FastifyInstance, LogController } from "fastify";
import { threadCount } from "./cluster/process-counts.ts";
import type { Config } from "./config/config.ts";
import { NO_EVENT_LIMIT_BYTES } from "./config/settings.ts";
import { trustProxies } from "./http/client-address.ts";
import { corsOptions } from "./http/cors-options.ts";
import { halfBudgetBytes } from "./load/memory-limits.ts";
import { admissionPlugin } from "./plugins/admission.ts";
import { apiKeysPlugin } from "./plugins/api-keys.ts";
import { bodiesPlugin } from "./plugins/bodies.ts";
import { answerClientError, clientErrorsPlugin } from "./plugins/client-errors.ts";
import { closingConnectionsPlugin } from "./plugins/closing-connections.ts";
import { compressionPlugin } from "./plugins/compression.ts";
import { connectionsPlugin } from "./plugins/connections.ts";
import { defaultHeadersPlugin } from "./plugins/default-headers.ts";
import { errorHandlerPlugin, sendEarlyProblem } from "./plugins/error-handler.ts";
import { eventLimitPlugin } from "./plugins/event-limit.ts";
import { expectContinuePlugin } from "./plugins/expect-continue.ts";
import { halfClosedPlugin } from "./plugins/half-closed.ts";
import { lingeringClosePlugin } from "./plugins/lingering-close.ts";
import { loadPlugin } from "./plugins/load.ts";
import { methodsPlugin } from "./plugins/methods.ts";
import { metricsPlugin } from "./plugins/metrics.ts";
import { pipeliningPlugin } from "./plugins/pipelining.ts";
import { rateLimitPlugin } from "./plugins/rate-limit.ts";
import { readinessPlugin } from "./plugins/readiness.ts";
import { requestClockPlugin } from "./plugins/request-clock.ts";
import { requestHeadPlugin } from "./plugins/request-head.ts";
import { requestId, requestIdPlugin } from "./plugins/request-id.ts";
import { requestLogPlugin } from "./plugins/request-log.ts";
import { securityHeadersPlugin } from "./plugins/security-headers.ts";
import { serverTimingPlugin } from "./plugins/server-timing.ts";
import { slowBodiesPlugin } from "./plugins/slow-bodies.ts";
import { slowReadersPlugin } from "./plugins/slow-readers.ts";
import { healthRoutes } from "./routes/health.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { openapiRoutes } from "./routes/openapi.ts";
import { pageRoutes } from "./routes/page.ts";
import { sortRoutes } from "./routes/sort.ts";
import { MemoryBudget } from "./sorting/memory-budget.ts";
import { SortService } from "./sorting/sort-service.ts";
import { LogOutput } from "./telemetry/log-output.ts";
import type { Telemetry } from "./telemetry/telemetry-sdk.ts";

export interface AppOptions {
  /** Where the log goes, one JSON object per line. The default is standard output. */
  readonly logStream?: Writable | undefined;
  readonly telemetry?: Telemetry | undefined;
}

/**
 * The service without a process: it does not listen until `listen` is called. Tests call `inject`.
 *
 * @example
 * const app = await buildApp(readConfig({}));
 * await app.inject({ method: "POST", url: "/", payload: [3, 1, 2] }); // {"sorted":[1,2,3]}
 */
export async function buildApp(
  config: Config,
  { logStream, telemetry }: AppOptions = {},
): Promise<FastifyInstance> {
  const { MAX_BODY_BYTES: maxBodyBytes } = config;
  const requestTimeout = config.REQUEST_TIMEOUT_SECONDS * 1000;
  const log = config.LOG_LEVEL === "silent" ? undefined : new LogOutput(logStream ?? process.stdout);
  const isTrustedProxy = trustProxies(config.TRUSTED_PROXIES);
  const asksForKey = config.API_KEYS.length > 0;
  const app = fastify({
    // Node would warn for each request, even if the log is silent.
    logger: log !== undefined && { level: config.LOG_LEVEL, stream: log },
    // Our own plugin logs each request in one line, without its query string, which may hold numbers.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    genReqId: requestId,
    trustProxy: config.TRUSTED_PROXIES.length > 0 && isTrustedProxy,
    bodyLimit: maxBodyBytes,
    requestTimeout,
    keepAliveTimeout: config.KEEP_ALIVE_TIMEOUT_SECONDS * 1000,
    http: {
      // Node keeps the time limit for requests only if the one for headers is not longer, and it needs both at once.
      requestTimeout,
      headersTimeout: Math.min(config.HEADERS_TIMEOUT_SECONDS * 1000, requestTimeout),
      connectionsCheckingInterval: 1000,
      // Node refuses a request that reaches this limit.
      maxHeaderSize: config.MAX_HEADER_BYTES + 1,
      // Node would refuse without saying what is missing. requestHeadPlugin says it.
      requireHostHeader: false,
    },
    // The service still answers a request that comes while the port is being closed.
    return503OnClosing: false,
    frameworkErrors: sendEarlyProblem,
    clientErrorHandler: (error, socket) =>
      answerClientError(error, socket, {
        maxHeaderBytes: config.MAX_HEADER_BYTES,
        corsOrigins: config.CORS_ORIGINS,
      }),
  });
  if (telemetry) await app.register(telemetry.plugin);

  await app.register(requestClockPlugin);
  const budget = new MemoryBudget(halfBudgetBytes(config.processMemoryBytes));
  const sortService = new SortService({
    budget,
    threads: threadCount(config.WORKERS),
    maxNumbers: config.MAX_NUMBERS,
    timeoutMilliseconds: config.SORT_TIMEOUT_SECONDS * 1000,
  });
  await app.register(loadPlugin, { budget });
  await app.register(pipeliningPlugin);
  await app.register(bodiesPlugin, { maxBodyBytes });

  await app.register(sensible);
  await app.register(defaultHeadersPlugin);
  await app.register(requestIdPlugin);
  if (config.SECURITY_HEADERS) await app.register(securityHeadersPlugin);
  if (config.CORS_ORIGINS.length > 0) await app.register(cors, corsOptions(config.CORS_ORIGINS));
  await app.register(errorHandlerPlugin);
  await app.register(metricsPlugin, { isOn: config.METRICS, log });
  await app.register(connectionsPlugin, { maxConnections: config.MAX_CONNECTIONS });
  await app.register(halfClosedPlugin);
  await app.register(slowReadersPlugin, {
    minBytesPerSecond: config.MIN_ANSWER_BYTES_PER_SECOND,
    seconds: config.ANSWER_TIMEOUT_SECONDS,
  });
  await app.register(admissionPlugin, { config });
  await app.register(apiKeysPlugin, { hashes: config.API_KEYS });
  if (config.RATE_LIMIT_REQUESTS > 0) await app.register(rateLimitPlugin, { config });
  await app.register(clientErrorsPlugin);
  await app.register(slowBodiesPlugin, {
    minBytesPerSecond: config.MIN_BODY_BYTES_PER_SECOND,
    seconds: config.BODY_TIMEOUT_SECONDS,
  });
  await app.register(readinessPlugin);
  await app.register(closingConnectionsPlugin);
  if (config.LOG_REQUESTS) await app.register(requestLogPlugin);
  await app.register(requestHeadPlugin);
  await app.register(expectContinuePlugin, { maxBodyBytes });
  await app.register(methodsPlugin);
  await app.register(compressionPlugin, { compressesAnswers: config.COMPRESSION, maxBodyBytes });
  // After the compression, so that it measures what the service sends.
  if (config.MAX_EVENT_BYTES < NO_EVENT_LIMIT_BYTES) {
    await app.register(eventLimitPlugin, { maxEventBytes: config.MAX_EVENT_BYTES });
  }
  await app.register(lingeringClosePlugin, { maxBodyBytes });
  if (config.SERVER_TIMING) await app.register(serverTimingPlugin);

  await app.register(healthRoutes);
  if (config.METRICS) await app.register(metricsRoutes);
  await app.register(openapiRoutes, { asksForKey, isTrustedProxy });
  await app.register(pageRoutes);
  await app.register(sortRoutes, { config, sortService });
  app.routeOtherMethods();
  return app;
}
