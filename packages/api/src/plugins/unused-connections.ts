import type { Socket } from "node:net";
import fastifyPlugin from "fastify-plugin";

/**
 * Closes, together with the port, the connections that have never sent anything. Browsers and load balancers open such
 * connections in advance. Node closes only those that wait for another request, and would wait for these.
 */
export const unusedConnectionsPlugin = fastifyPlugin(
  async (app) => {
    const connections = new Set<Socket>();
    app.server.on("connection", (socket: Socket) => {
      connections.add(socket);
      socket.once("close", () => connections.delete(socket));
    });
    app.addHook("preClose", async function closeUnusedConnections() {
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    });
  },
  { name: "unused-connections" },
);
