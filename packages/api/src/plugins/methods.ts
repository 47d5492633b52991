import fastifyPlugin from "fastify-plugin";
import { ProblemError } from "../problems.ts";

/**
 * Tells an unknown path (404) from a known path with another method (405, or 204 for OPTIONS), before the body is read.
 * What a path takes is asked of the router, so that it can't differ from the routes.
 */
export const methodsPlugin = fastifyPlugin(async (app) => {
  app.addHook("onRequest", async (request, reply) => {
    if (!request.is404) return;
    const [path = ""] = request.url.split("?");
    const methods = app.supportedMethods.filter((method) => app.hasRoute({ method, url: path }));
    if (methods.length === 0)
      throw new ProblemError("NOT_FOUND", "there is nothing at this path; numbers go to /");
    const allow = [...methods, "OPTIONS"].sort().join(", ");
    reply.header("allow", allow);
    if (request.method === "OPTIONS") return reply.code(204).send();
    throw new ProblemError("METHOD_NOT_ALLOWED", `the path takes ${allow}, not ${request.method}`);
  });
});
