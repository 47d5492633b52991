import fastifyPlugin from "fastify-plugin";

/** What every answer says unless its route says otherwise. */
export const defaultHeadersPlugin = fastifyPlugin(
  async (app) => {
    /** Says on what an answer depends, and that it is not to be kept. */
    app.addHook("onRequest", function setDefaultHeaders(_request, reply, done) {
      reply.header("vary", "Accept, Accept-Encoding").header("cache-control", "no-store");
      done();
    });
  },
  { name: "default-headers" },
);
