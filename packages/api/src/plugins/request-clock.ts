import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyRequest {
    /** When it came: milliseconds of `performance.now()`. Fastify's own clock runs only where there is a log or a hook `onResponse`. */
    startedAt: number;
    /** When all of its body was there, on the same clock; 0 before, and where it has none. */
    receivedAt: number;
  }
}

/** Notes when each request comes; `bodiesPlugin` notes when all of it has. */
export const requestClockPlugin = fastifyPlugin(
  async (app) => {
    app.decorateRequest("startedAt", 0);
    app.decorateRequest("receivedAt", 0);
    /** Notes when the request came. */
    app.addHook("onRequest", function noteStart(request, _reply, done) {
      request.startedAt = performance.now();
      done();
    });
  },
  { name: "request-clock" },
);
