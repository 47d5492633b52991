import type { Socket } from "node:net";
import fastifyPlugin from "fastify-plugin";

interface Options {
  /** How many bytes of its answers a client must take each second. */
  readonly minBytesPerSecond: number;
  /** For how many seconds a client may take fewer. */
  readonly seconds: number;
}

/** How much of its answers a client had taken when its time began, and for how many seconds it has been watched since. */
interface Reader {
  bytes: number;
  seconds: number;
}

/** What Node counts for a socket. It has no public name for the bytes of one write that are still to be sent. */
interface Handle {
  readonly bytesWritten: number;
  readonly writeQueueSize: number;
}

/**
 * Closes the connections whose clients don't read their answers, or hardly. One timer looks at all connections, so an
 * answer that leaves at once costs nothing. It counts its own turns, not the time: a client is not to blame while the
 * service itself is busy.
 */
export const slowReadersPlugin = fastifyPlugin<Options>(
  async (app, { minBytesPerSecond, seconds }) => {
    const readers = new WeakMap<Socket, Reader>();
    const timer = setInterval(() => {
      for (const socket of app.connections) {
        if (socket.writableLength === 0) readers.delete(socket);
        else look(socket);
      }
    }, 1000).unref();
    app.addHook("onClose", async function stopLooking() {
      clearInterval(timer);
    });

    function look(socket: Socket): void {
      const bytes = takenBytes(socket);
      const reader = readers.get(socket);
      if (reader === undefined) {
        readers.set(socket, { bytes, seconds: 0 });
        return;
      }
      reader.seconds += 1;
      if (reader.seconds < seconds) return;
      if (bytes - reader.bytes < minBytesPerSecond * seconds) socket.destroy();
      reader.bytes = bytes;
      reader.seconds = 0;
    }
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
