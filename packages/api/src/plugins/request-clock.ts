import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyRequest {
    /**
     * When the request came: milliseconds of `performance.now()`. Fastify's own clock runs only if there is a log or a
     * hook `onResponse`.
     */
    startedAt: number;
    /** When the whole body was there, on the same clock; 0 before that, and if there is no body. */
    receivedAt: number;
  }
}

/** Records when each request comes. `bodiesPlugin` records when its body is complete. */
export const requestClockPlugin = fastifyPlugin(
  async (app) => {
    app.decorateRequest("startedAt", 0);
    app.decorateRequest("receivedAt", 0);
    /** Records when the request came. */
    app.addHook("onRequest", function noteStart(request, _reply, done) {
      request.startedAt = performance.now();
      done();
    });
  },
  { name: "request-clock" },
);
