import fastifyPlugin from "fastify-plugin";

/** The headers that every answer has unless its route sets others. */
export const defaultHeadersPlugin = fastifyPlugin(
  async (app) => {
    /** Says what an answer depends on, and that nobody may keep it. */
    app.addHook("onRequest", function setDefaultHeaders(_request, reply, done) {
      reply.header("vary", "Accept, Accept-Encoding").header("cache-control", "no-store");
      done();
    });
  },
  { name: "default-headers" },
);
