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
 * Cuts off the bodies that come too slowly: what has come of them takes memory. A body that comes at once costs
 * nothing.
 */
export const slowBodiesPlugin = fastifyPlugin<Options>(
  async (app, { minBytesPerSecond, seconds }) => {
    const rate = new LeastRate({ bytesPerSecond: minBytesPerSecond, seconds });
    app.eachSecond((connection) => {
      const response = lastResponse(connection);
      // The rest of a body whose request has its answer takes no memory.
      if (response === undefined || response.req.complete || response.headersSent) return;
      // It waits for the answers before it, and meanwhile nothing is read: see `pipeliningPlugin`.
      if (response.socket === null) return rate.forget(response.req);
      if (!rate.isBelow(response.req, connection.bytesRead)) return;
      const fault = `the body came more slowly than ${minBytesPerSecond} bytes per second, for ${seconds} s`;
      app.server.emit("clientError", new SlowBody(fault), connection);
    });
  },
  { name: "slow-bodies", dependencies: ["client-errors", "connections"] },
);
