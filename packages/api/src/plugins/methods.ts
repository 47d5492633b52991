import { METHODS } from "node:http";
import { ProblemError } from "@sorted/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** Answers the methods that no route takes. Called once, after all routes are registered. */
    routeOtherMethods(): void;
  }
}

/**
 * Distinguishes an unknown path (404) from a known path with another method (405, or 204 for OPTIONS), before the body
 * is read. The methods of a path are those of its routes, so the two can't differ.
 */
export const methodsPlugin = fastifyPlugin(
  async (app) => {
    const methodsOf = new Map<string, Set<string>>();
    app.addHook("onRoute", function collectMethods({ url, method }) {
      const methods = methodsOf.get(url) ?? new Set();
      for (const one of [method].flat()) methods.add(one);
      methodsOf.set(url, methods);
    });

    /** Answers 404 if no route has the path. */
    app.addHook("onRequest", function refuseUnknownPath({ is404 }, _reply, done) {
      done(
        is404 ? new ProblemError("NOT_FOUND", "there is nothing at this path; send numbers to /") : undefined,
      );
    });

    app.decorate("routeOtherMethods", () => {
      for (const method of METHODS) {
        // CONNECT never becomes a request.
        if (method !== "CONNECT" && !app.supportedMethods.includes(method)) app.addHttpMethod(method);
      }
      for (const [url, taken] of [...methodsOf]) {
        const allow = [...taken, "OPTIONS"].sort().join(", ");
        app.options(url, async (_request, reply) => reply.header("allow", allow).code(204).send());
        const refuseMethod = async ({ method }: FastifyRequest, reply: FastifyReply) => {
          reply.header("allow", allow);
          throw new ProblemError("METHOD_NOT_ALLOWED", `this path allows ${allow}, not ${method}`);
        };
        const others = app.supportedMethods.filter((method) => method !== "OPTIONS" && !taken.has(method));
        app.route({ method: others, url, onRequest: refuseMethod, handler: refuseMethod });
      }
    });
  },
  { name: "methods" },
);
