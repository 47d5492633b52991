import fastifyPlugin from "fastify-plugin";
import { openapiOf } from "../openapi/document.ts";

/** The description of the service for programs; `/docs` shows it. */
export const openapiRoutes = fastifyPlugin<{ asksForKey: boolean }>(
  async (app, { asksForKey }) => {
    app.get("/openapi.json", { config: { isDocument: true } }, async ({ protocol, host }) =>
      openapiOf({ address: `${protocol}://${host}`, asksForKey }),
    );
  },
  { name: "openapi-routes", encapsulate: true },
);
