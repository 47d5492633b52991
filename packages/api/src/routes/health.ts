import type { FastifyPluginAsync } from "fastify";

/** For the machines that watch the service. */
export const healthRoutes: FastifyPluginAsync = async (app) => {
  app.get("/healthz", async () => ({ status: "alive" }));

  app.get("/readyz", async (_request, reply) => {
    if (app.isReady()) return { status: "ready" };
    return reply.code(503).send({ status: "not ready" });
  });
};
