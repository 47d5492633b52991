import fastifyPlugin from "fastify-plugin";
import { openapi } from "../openapi/document.ts";

/** The description of the service for programs; `/docs` shows it. */
export const openapiRoutes = fastifyPlugin(
  async (app) => {
    const document = Buffer.from(JSON.stringify(openapi));
    app.get("/openapi.json", { config: { isDocument: true } }, async (_request, reply) =>
      reply.type("application/json").send(document),
    );
  },
  { name: "openapi-routes", encapsulate: true },
);
