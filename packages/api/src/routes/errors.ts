import type { FastifyPluginAsync } from "fastify";
import { errorsHtml } from "../http/problem-documents.ts";

/** The page that the `type` of every problem points to. */
export const errorsRoutes: FastifyPluginAsync = async (app) => {
  const page = errorsHtml();
  app.get("/errors", async (_request, reply) => reply.type("text/html; charset=utf-8").send(page));
};
