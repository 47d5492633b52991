import { ProblemError } from "@sorted/contract";
import fastifyPlugin from "fastify-plugin";

/** For the machines that watch the service: whether it is alive, and whether they may send it requests. */
export const healthRoutes = fastifyPlugin(
  async (app) => {
    const config = { isProbe: true, otel: false };
    app.get("/healthz", { config }, async () => ({ status: "alive" }));

    app.get("/readyz", { config }, async () => {
      if (app.isReady()) return { status: "ready" };
      throw new ProblemError("NOT_READY", "this instance is stopping");
    });
  },
  { name: "health-routes", dependencies: ["readiness"], encapsulate: true },
);
