import fastifyPlugin from "fastify-plugin";
import { LeastRate } from "../load/least-rate.ts";
import { lastResponse, SlowBody } from "./client-errors.ts";

interface Options {
  /** How many bytes of its body a client must send each second. */
  readonly minBytesPerSecond: number;
  /** For how many seconds a client may send fewer. */
  readonly seconds: number;
}

/**
 * Cuts off the bodies that come too slowly: what has come of them takes memory. One timer looks at all connections, so a
 * body that comes at once costs nothing.
 */
export const slowBodiesPlugin = fastifyPlugin<Options>(
  async (app, { minBytesPerSecond, seconds }) => {
    const rate = new LeastRate({ bytesPerSecond: minBytesPerSecond, seconds });
    const timer = setInterval(() => {
      for (const socket of app.connections) {
        const response = lastResponse(socket);
        // The rest of a body whose request has its answer takes no memory.
        if (response === undefined || response.req.complete || response.headersSent) continue;
        if (!rate.isBelow(response.req, socket.bytesRead)) continue;
        const fault = `the body came more slowly than ${minBytesPerSecond} bytes per second, for ${seconds} s`;
        app.server.emit("clientError", new SlowBody(fault), socket);
      }
    }, 1000).unref();
    app.addHook("onClose", async function stopLooking() {
      clearInterval(timer);
    });
  },
  { name: "slow-bodies", dependencies: ["client-errors", "connections"] },
);
