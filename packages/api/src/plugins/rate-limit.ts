import cluster from "node:cluster";
import rateLimit from "@fastify/rate-limit";
import { ProblemError } from "@sorted/contract";
import type { FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { askPrimary } from "../cluster/primary.ts";
import { type Count, RateCounter } from "../cluster/rate-counter.ts";
import type { Config } from "../config/config.ts";
import { clientAddress } from "../http/client-address.ts";
import { counted } from "../http/counted.ts";
import { lacksBody } from "../http/request-body.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether the route's answer is always the same, and costs next to nothing. The rate limit does not count it. */
    isDocument?: boolean;
  }
}

type Done = (error: Error | null, count?: Count) => void;

/** Counts for all processes: if there are several, the primary process counts. */
class Store {
  readonly #counter = new RateCounter();

  incr(client: string, done: Done, windowMilliseconds: number): void {
    const count = cluster.isWorker
      ? askPrimary({ ask: "count", client, windowMilliseconds })
      : Promise.resolve(this.#counter.count(client, windowMilliseconds));
    count.then((found) => done(null, found), done);
  }

  child(): Store {
    return this;
  }
}

/** Refuses a client that asks too often. A client is known by its key, or else by its address. */
export const rateLimitPlugin = fastifyPlugin<{ config: Config }>(
  async (app, { config }) => {
    const { RATE_LIMIT_REQUESTS, RATE_LIMIT_SECONDS } = config;
    await app.register(rateLimit, {
      global: false,
      max: RATE_LIMIT_REQUESTS,
      timeWindow: RATE_LIMIT_SECONDS * 1000,
      enableDraftSpec: true,
      store: Store,
      keyGenerator: (request) => app.keyOf(request) ?? clientAddress(request),
      errorResponseBuilder: () =>
        new ProblemError(
          "TOO_MANY_REQUESTS",
          `more than ${counted(RATE_LIMIT_REQUESTS, "request")} in ${RATE_LIMIT_SECONDS} s`,
        ),
    });
    const limit = app.rateLimit();
    /** Counts the request, and refuses it if its client has sent too many. */
    app.addHook("onRequest", async function limitRate(request, reply) {
      // Not a hook of each route: a request without a route counts too.
      if (isCounted(request)) await limit.call(app, request, reply);
    });
  },
  { name: "rate-limit", dependencies: ["api-keys"] },
);

/**
 * Whether a request uses up what its client may send. What a browser asks for by itself does not: the page and its files,
 * and preflights (Fetch, CORS).
 */
function isCounted(request: FastifyRequest): boolean {
  const { url, config } = request.routeOptions;
  if (config.isProbe || config.isDocument || isPreflight(request)) return false;
  // Without numbers, `/` is the page, or a description of the service.
  return url !== "/" || !lacksBody(request.raw) || request.originalUrl.includes("?");
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}
