import type { Socket } from "node:net";
import fastifyPlugin from "fastify-plugin";
import { LeastRate } from "../load/least-rate.ts";

interface Options {
  /** How many bytes of its answers a client must take each second. */
  readonly minBytesPerSecond: number;
  /** For how many seconds a client may take fewer. */
  readonly seconds: number;
}

/** What Node counts for a socket. It has no public name for the bytes of one write that are still to be sent. */
interface Handle {
  readonly bytesWritten: number;
  readonly writeQueueSize: number;
}

/**
 * Closes the connections whose clients don't read their answers, or hardly. An answer that leaves at once
 * costs nothing.
 */
export const slowReadersPlugin = fastifyPlugin<Options>(
  async (app, { minBytesPerSecond, seconds }) => {
    const rate = new LeastRate({ bytesPerSecond: minBytesPerSecond, seconds });
    app.eachSecond((connection) => {
      if (connection.writableLength === 0) rate.forget(connection);
      else if (rate.isBelow(connection, takenBytes(connection))) connection.destroy();
    });
  },
  { name: "slow-readers", dependencies: ["connections"] },
);

/** How many bytes the system has taken for the client. It takes more only as the client reads. */
function takenBytes(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, "_handle");
  return isHandle(handle) ? handle.bytesWritten - handle.writeQueueSize : 0;
}

function isHandle(handle: unknown): handle is Handle {
  return (
    typeof handle === "object" && handle !== null && "bytesWritten" in handle && "writeQueueSize" in handle
  );
}
