import type { Socket } from "node:net";
import fastifyPlugin from "fastify-plugin";
import { RESERVED_CONNECTIONS } from "../load/open-files.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** The connections that are open. */
    readonly connections: ReadonlySet<Socket>;
    /** Calls back once a second for each open connection, until the service has closed. */
    eachSecond(look: (connection: Socket) => void): void;
  }
}

/**
 * Limits the connections. Beyond the limit there are some in reserve, each for one probe: clients that keep all others can't
 * make the service look dead. A new one takes the place of the oldest in reserve.
 */
export const connectionsPlugin = fastifyPlugin<{ maxConnections: number }>(
  async (app, { maxConnections }) => {
    const connections = new Set<Socket>();
    const reserved = new Set<Socket>();
    app.decorate("connections", connections);

    const looks: ((connection: Socket) => void)[] = [];
    app.decorate("eachSecond", (look) => looks.push(look));
    const timer = setInterval(() => {
      for (const connection of connections) for (const look of looks) look(connection);
    }, 1000).unref();
    app.addHook("onClose", async function stopLooking() {
      clearInterval(timer);
    });

    app.server.on("connection", (socket: Socket) => {
      if (connections.size - reserved.size >= maxConnections) reserve(socket);
      connections.add(socket);
      socket.once("close", () => {
        connections.delete(socket);
        reserved.delete(socket);
      });
    });

    function reserve(socket: Socket): void {
      const [oldest] = reserved;
      if (oldest !== undefined && reserved.size === RESERVED_CONNECTIONS) {
        reserved.delete(oldest);
        connections.delete(oldest);
        oldest.destroy();
        app.overload.count("connections");
      }
      reserved.add(socket);
    }

    /** Refuses what is not a probe on a connection beyond the limit. */
    app.addHook("onRequest", function refuseBeyondLimit({ raw, routeOptions }, reply, done) {
      if (reserved.size === 0 || !reserved.has(raw.socket)) return done();
      reply.header("connection", "close");
      done(routeOptions.config.isProbe ? undefined : app.overload.refuse("connections"));
    });
  },
  { name: "connections", dependencies: ["load"] },
);
