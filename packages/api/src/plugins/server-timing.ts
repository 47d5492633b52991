import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyRequest {
    /** When all of it was there: milliseconds of `performance.now()`. */
    receivedAt: number;
  }
}

/** Says in each answer how long it took, in milliseconds: to receive the request, and to work on it. */
export const serverTimingPlugin = fastifyPlugin(async (app) => {
  app.decorateRequest("receivedAt", 0);
  app.addHook("preHandler", (request, _reply, done) => {
    request.receivedAt = performance.now();
    done();
  });
  app.addHook("onSend", ({ startedAt, receivedAt }, reply, payload, done) => {
    // What is refused before is never received.
    const workedFrom = receivedAt || startedAt;
    const received = hundredths(workedFrom - startedAt);
    const worked = hundredths(performance.now() - workedFrom);
    reply.header("server-timing", `receive;dur=${received}, work;dur=${worked}`);
    done(null, payload);
  });
});

/** Rounded; `toFixed` would take several times as long. */
function hundredths(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
