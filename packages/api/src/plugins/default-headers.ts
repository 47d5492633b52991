import fastifyPlugin from "fastify-plugin";

/** What every answer says unless its route says otherwise. */
export const defaultHeadersPlugin = fastifyPlugin(
  async (app) => {
    /** Says on what an answer depends, and that it is not to be kept. */
    app.addHook("onRequest", function setDefaultHeaders(_request, reply, done) {
      // Not by `vary` and `cacheControl` of @fastify/sensible, which read the headers first: 1.0 µs instead of 0.4 µs a
      // request, of some 60 µs that a small one takes. `preventCache` would say more than is meant, in three headers.
      reply.header("vary", "Accept, Accept-Encoding").header("cache-control", "no-store");
      done();
    });
  },
  { name: "default-headers" },
);
