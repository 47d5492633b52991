import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** Whether the service accepts more requests: true until `drain`. */
    isReady(): boolean;
    /** Asks clients and load balancers to go elsewhere. The service still answers, but keeps no connection open. */
    drain(): void;
  }
}

/** The first step of the shutdown. The process takes the second step, and closes the port. */
export const readinessPlugin = fastifyPlugin(
  async (app) => {
    let isDraining = false;
    app.decorate("isReady", () => !isDraining);
    app.decorate("drain", () => {
      isDraining = true;
    });
    /** Closes the connection after the answer while the service is shutting down. */
    app.addHook("onSend", function closeWhenDraining(_request, reply, payload, done) {
      if (isDraining) reply.header("connection", "close");
      done(null, payload);
    });
  },
  { name: "readiness" },
);
