import cluster from "node:cluster";
import fastifyPlugin from "fastify-plugin";
import { askPrimary } from "../cluster/primary.ts";

/** What Prometheus collects: the metrics of all processes together, whichever of them answers. */
export const metricsRoutes = fastifyPlugin(
  async (app) => {
    app.get("/metrics", {
      config: { isProbe: true, otel: false },
      onRequest: async function requireKey(request) {
        app.requireKey(request);
      },
      handler: async (_request, reply) => {
        reply.type(app.metrics.contentType);
        return cluster.isWorker ? askPrimary({ ask: "metrics" }) : app.metrics.metrics();
      },
    });
  },
  { name: "metrics-routes", dependencies: ["metrics", "api-keys"], encapsulate: true },
);
