import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyRequest {
    /** How long it took until the whole request was there, in milliseconds. */
    receiveMilliseconds: number;
  }
}

/** Says in each answer how long it took, in milliseconds: to receive the request, and to work on it. */
export const serverTimingPlugin = fastifyPlugin(async (app) => {
  app.decorateRequest("receiveMilliseconds", 0);
  app.addHook("preHandler", (request, reply, done) => {
    request.receiveMilliseconds = reply.elapsedTime;
    done();
  });
  app.addHook("onSend", (request, reply, payload, done) => {
    const received = request.receiveMilliseconds;
    const worked = reply.elapsedTime - received;
    reply.header("server-timing", `receive;dur=${received.toFixed(2)}, work;dur=${worked.toFixed(2)}`);
    done(null, payload);
  });
});
