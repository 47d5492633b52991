import type { Writable } from "node:stream";
import accepts from "@fastify/accepts";
import sensible from "@fastify/sensible";
import fastify, { type FastifyInstance, LogController } from "fastify";
import { type Config, NO_EVENT_LIMIT_BYTES } from "./config.ts";
import { availableMemoryBytes, memoryLimits } from "./memory-limits.ts";
import { bodiesPlugin } from "./plugins/bodies.ts";
import { answerClientError, clientErrorsPlugin } from "./plugins/client-errors.ts";
import { eventLimitPlugin, mostBodyBytes } from "./plugins/event-limit.ts";
import { expectationsPlugin } from "./plugins/expectations.ts";
import { lingeringClosePlugin } from "./plugins/lingering-close.ts";
import { methodsPlugin } from "./plugins/methods.ts";
import { problemsPlugin, sendEarlyProblem } from "./plugins/problems.ts";
import { readinessPlugin } from "./plugins/readiness.ts";
import { requestHeadPlugin } from "./plugins/request-head.ts";
import { requestLogPlugin } from "./plugins/request-log.ts";
import { unusedConnectionsPlugin } from "./plugins/unused-connections.ts";
import { lacksBody } from "./request-body.ts";
import { errorsRoutes } from "./routes/errors.ts";
import { healthRoutes } from "./routes/health.ts";
import { openapiRoutes } from "./routes/openapi.ts";
import { pageRoutes } from "./routes/page.ts";
import { sortRoutes } from "./routes/sort.ts";
import { Sorter } from "./sorting/sorter.ts";

/**
 * The service without a process around it: nothing listens until `listen` is called, and tests call `inject`.
 *
 * @param logStream where the log goes, a JSON object a line; default: standard output
 * @example
 * const app = await buildApp(readConfig({}));
 * await app.inject({ method: "POST", url: "/", payload: [3, 1, 2] }); // {"sorted":[1,2,3]}
 */
export async function buildApp(config: Config, logStream?: Writable): Promise<FastifyInstance> {
  const maxBodyBytes = Math.min(config.MAX_BODY_BYTES, mostBodyBytes(config.MAX_EVENT_BYTES));
  const requestTimeout = config.REQUEST_TIMEOUT_SECONDS * 1000;
  const app = fastify({
    logger: { level: config.LOG_LEVEL, ...(logStream && { stream: logStream }) },
    // A request is logged by our own plugin, in one line and without its query string, which may hold numbers.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    requestTimeout,
    keepAliveTimeout: config.KEEP_ALIVE_TIMEOUT_SECONDS * 1000,
    http: {
      // Node heeds a time limit for requests only where the one for headers is not above it, and wants both at once.
      requestTimeout,
      headersTimeout: requestTimeout,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: 16 * 1024,
      // Node would answer without a word of what is missing; requestHeadPlugin says it.
      requireHostHeader: false,
    },
    // A request that still comes while the port is being closed is answered like any other.
    return503OnClosing: false,
    frameworkErrors: sendEarlyProblem,
    clientErrorHandler: answerClientError,
  });

  // The brief's first clients sent a body with GET. One that has none may say of any type that it is.
  app.addHttpMethod("GET", { hasBody: true, overrideExisting: true });
  app.addHttpMethod("HEAD", { hasBody: true, overrideExisting: true });
  app.addHook("onRequest", async ({ raw }) => {
    if (lacksBody(raw)) delete raw.headers["content-type"];
  });
  const sorter = new Sorter(memoryLimits(availableMemoryBytes()).kernelBytes);
  await app.register(bodiesPlugin, { maxBodyBytes, kernels: sorter.kernels });

  await app.register(sensible);
  await app.register(accepts);
  app.addHook("onRequest", async (_request, reply) => {
    reply.vary(["Accept", "Accept-Encoding"]);
    reply.cacheControl("no-store");
  });
  await app.register(problemsPlugin);
  await app.register(clientErrorsPlugin);
  await app.register(readinessPlugin);
  await app.register(unusedConnectionsPlugin);
  if (config.LOG_REQUESTS) await app.register(requestLogPlugin);
  await app.register(requestHeadPlugin);
  await app.register(expectationsPlugin, { maxBodyBytes });
  await app.register(methodsPlugin);
  if (config.MAX_EVENT_BYTES < NO_EVENT_LIMIT_BYTES) {
    await app.register(eventLimitPlugin, { maxEventBytes: config.MAX_EVENT_BYTES });
  }
  await app.register(lingeringClosePlugin, { maxBodyBytes });

  await app.register(healthRoutes);
  await app.register(errorsRoutes);
  await app.register(openapiRoutes);
  await app.register(pageRoutes);
  await app.register(sortRoutes, { config, sorter });
  app.routeOtherMethods();
  return app;
}
