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
 * Closes the connections whose clients don't read their answers, or hardly. One timer looks at all connections, so an
 * answer that leaves at once costs nothing.
 */
export const slowReadersPlugin = fastifyPlugin<Options>(
  async (app, { minBytesPerSecond, seconds }) => {
    const rate = new LeastRate({ bytesPerSecond: minBytesPerSecond, seconds });
    const timer = setInterval(() => {
      for (const socket of app.connections) {
        if (socket.writableLength === 0) rate.forget(socket);
        else if (rate.isBelow(socket, takenBytes(socket))) socket.destroy();
      }
    }, 1000).unref();
    app.addHook("onClose", async function stopLooking() {
      clearInterval(timer);
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
