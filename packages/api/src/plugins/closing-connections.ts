import fastifyPlugin from "fastify-plugin";

/** How often the service looks for connections whose last answer has left, while it closes. */
const LOOK_MILLISECONDS = 20;

/**
 * Closes the connections together with the port: at once those that are idle, and each of the others when its answer
 * has left. Node takes an answer for sent when it has the last byte of it, though most may still wait for a client that
 * reads slowly. It looks only once, and it waits for connections that have never sent anything, which browsers and load
 * balancers open in advance.
 */
export const closingConnectionsPlugin = fastifyPlugin(
  async (app) => {
    const { server, connections } = app;
    const closeIdleConnections = server.closeIdleConnections.bind(server);
    // Node calls this too, when the port is closed.
    server.closeIdleConnections = () => {
      const sending = [...connections].filter((socket) => socket.writableLength > 0);
      // Only Node knows which connections are idle, and it destroys what it takes for idle.
      for (const socket of sending) socket.destroy = () => socket;
      closeIdleConnections();
      for (const socket of sending) Reflect.deleteProperty(socket, "destroy");
    };

    let looking: NodeJS.Timeout | undefined;
    app.addHook("preClose", async function closeConnections() {
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
      looking = setInterval(() => server.closeIdleConnections(), LOOK_MILLISECONDS);
    });
    app.addHook("onClose", async function stopLooking() {
      clearInterval(looking);
    });
  },
  { name: "closing-connections", dependencies: ["connections"] },
);
