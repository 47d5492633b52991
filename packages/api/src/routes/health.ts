import type { FastifyPluginAsync } from "fastify";
import { ProblemError } from "../problems.ts";

const RETRY_AFTER_SECONDS = 1;

/** For the machines that watch the service: whether it is alive, and whether to send it requests. */
export const healthRoutes: FastifyPluginAsync = async (app) => {
  app.get("/healthz", async () => ({ status: "alive" }));

  app.get("/readyz", async (_request, reply) => {
    if (app.isReady()) return { status: "ready" };
    reply.header("retry-after", RETRY_AFTER_SECONDS);
    throw new ProblemError("NOT_READY", "this instance is about to stop; another one takes its place");
  });
};
