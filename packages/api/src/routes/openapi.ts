import type { FastifyPluginAsync } from "fastify";
import { openapi } from "../openapi/document.ts";

/** The description of the service for programs; `/docs` shows it. */
export const openapiRoutes: FastifyPluginAsync = async (app) => {
  const document = Buffer.from(JSON.stringify(openapi));
  app.get("/openapi.json", async (_request, reply) => reply.type("application/json").send(document));
};
