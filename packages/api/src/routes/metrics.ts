import cluster from "node:cluster";
import type { FastifyPluginAsync } from "fastify";
import { askPrimary } from "../cluster/primary.ts";

/** What Prometheus collects: of all processes together, whichever is asked. */
export const metricsRoutes: FastifyPluginAsync = async (app) => {
  app.get("/metrics", {
    config: { isProbe: true, otel: false },
    onRequest: async (request) => app.requireKey(request),
    handler: async (_request, reply) => {
      reply.type(app.metrics.contentType);
      return cluster.isWorker ? askPrimary({ ask: "metrics" }) : app.metrics.metrics();
    },
  });
};
