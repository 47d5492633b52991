import type { Socket } from "node:net";
import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** Whether requests are welcome: from the end of the start-up until `drain`. */
    isReady(): boolean;
    /** Asks clients and load balancers to go elsewhere; requests are answered as before. */
    drain(): void;
  }
}

/** The service's way out: first it is no longer ready and keeps no connection, then the process closes the port. */
export const drainPlugin = fastifyPlugin(async (app) => {
  let state: "starting" | "ready" | "draining" = "starting";
  app.addHook("onReady", async () => {
    state = "ready";
  });
  app.decorate("isReady", () => state === "ready");
  app.decorate("drain", () => {
    state = "draining";
  });

  // Node closes connections that wait for another request, but not those that have never sent one: browsers and load
  // balancers open such in advance.
  const connections = new Set<Socket>();
  app.server.on("connection", (socket: Socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  app.addHook("preClose", async () => {
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  });

  app.addHook("onSend", async (_request, reply) => {
    if (state === "draining") reply.header("connection", "close");
  });
});
