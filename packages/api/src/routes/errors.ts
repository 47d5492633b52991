import fastifyPlugin from "fastify-plugin";
import { errorsHtml } from "../http/errors-reference.ts";
import { storedDocument } from "../http/stored-documents.ts";

/** The page that the `type` of every problem points to. */
export const errorsRoutes = fastifyPlugin(
  async (app) => {
    const page = storedDocument(errorsHtml());
    app.get("/errors", { config: { isDocument: true } }, async (_request, reply) =>
      reply.type("text/html; charset=utf-8").send(page),
    );
  },
  { name: "errors-routes", encapsulate: true },
);
