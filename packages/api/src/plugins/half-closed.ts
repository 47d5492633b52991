import fastifyPlugin from "fastify-plugin";

/**
 * Answers a client that closes its half of the connection after its request, as `nc -N` does. Without this Node closes the
 * other half at once, and an answer that takes a moment is lost. Node has had this property for long, but documents it
 * nowhere.
 */
export const halfClosedPlugin = fastifyPlugin(
  async (app) => {
    Reflect.set(app.server, "httpAllowHalfOpen", true);
  },
  { name: "half-closed" },
);
