import cluster from "node:cluster";
import fastifyPlugin from "fastify-plugin";
import { askPrimary } from "../cluster/primary.ts";
import { storedDocument } from "../http/stored-documents.ts";
import { sharedResult } from "../load/shared-result.ts";

/** For how long the metrics are those of the last request: making them takes milliseconds, on each process. */
const SHARED_MILLISECONDS = 1000;

/** What Prometheus collects: the metrics of all processes together, whichever of them answers. */
export const metricsRoutes = fastifyPlugin(
  async (app) => {
    const metrics = sharedResult(SHARED_MILLISECONDS, async () =>
      storedDocument(await (cluster.isWorker ? askPrimary({ ask: "metrics" }) : app.metrics.metrics())),
    );
    app.get("/metrics", {
      config: { isProbe: true, otel: false },
      onRequest: async function requireKey(request) {
        app.requireKey(request);
      },
      handler: async (_request, reply) => {
        reply.type(app.metrics.contentType);
        return metrics();
      },
    });
  },
  { name: "metrics-routes", dependencies: ["metrics", "api-keys"], encapsulate: true },
);
