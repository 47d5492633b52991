import { ProblemError } from "@sorted/contract";
import type { FastifyPluginAsync } from "fastify";

/** For the machines that watch the service: whether it is alive, and whether to send it requests. */
export const healthRoutes: FastifyPluginAsync = async (app) => {
  const config = { isProbe: true, otel: false };
  app.get("/healthz", { config }, async () => ({ status: "alive" }));

  app.get("/readyz", { config }, async () => {
    if (app.isReady()) return { status: "ready" };
    throw new ProblemError("NOT_READY", "this instance is stopping");
  });
};
