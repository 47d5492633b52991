import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** Whether more requests are welcome: until `drain`. */
    isReady(): boolean;
    /** Asks clients and load balancers to go elsewhere; requests are answered as before, but connections are not kept. */
    drain(): void;
  }
}

/** The first step of the service's way out; the process takes the second, and closes the port. */
export const readinessPlugin = fastifyPlugin(
  async (app) => {
    let isDraining = false;
    app.decorate("isReady", () => !isDraining);
    app.decorate("drain", () => {
      isDraining = true;
    });
    /** Closes the connection after the answer while the service is on its way out. */
    app.addHook("onSend", function closeWhenDraining(_request, reply, payload, done) {
      if (isDraining) reply.header("connection", "close");
      done(null, payload);
    });
  },
  { name: "readiness" },
);
