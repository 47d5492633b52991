import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import fastifyPlugin from "fastify-plugin";

/**
 * How many requests of all connections may wait. Each takes some 3 KB, however short it is, and one read of 64 KiB brings
 * up to 3,640 of the shortest.
 */
const MOST_WAITING = 8192;

/**
 * Works on the requests of a connection one after the other. A client may send further requests before it has an answer
 * (RFC 9112, section 9.3.2), and Node passes on all that it has read: with 64 KiB more than a thousand small ones, which
 * would be in work together. While a request waits, nothing more is read from its connection.
 */
export const pipeliningPlugin = fastifyPlugin(
  async (app) => {
    /** How many requests wait, by their connection. */
    const waiting = new Map<Socket, number>();
    let total = 0;

    /** Waits until the requests before it on the connection have been answered. */
    app.addHook("onRequest", function waitForTurn({ raw }, reply, done) {
      // Node gives a response its socket when all answers before it have left.
      if (reply.raw.socket === null) wait(raw.socket, reply.raw, done);
      else done();
    });

    function wait(socket: Socket, response: ServerResponse, done: () => void): void {
      if (total === MOST_WAITING) closeGreediest();
      if (socket.destroyed) return;
      if (!waiting.has(socket)) {
        socket.on("resume", pauseAgain).once("close", forget).pause();
      }
      waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
      total += 1;
      response.once("socket", () => {
        if (socket.destroyed) return;
        const others = (waiting.get(socket) ?? 0) - 1;
        waiting.set(socket, others);
        total -= 1;
        if (others === 0) {
          forget.call(socket);
          socket.resume();
        }
        done();
      });
    }

    function forget(this: Socket): void {
      total -= waiting.get(this) ?? 0;
      waiting.delete(this);
      this.off("resume", pauseAgain).off("close", forget);
    }

    function closeGreediest(): void {
      const [greediest] = [...waiting].reduce((one, other) => (other[1] > one[1] ? other : one));
      forget.call(greediest);
      greediest.destroy();
      app.overload.count("connections");
    }
  },
  { name: "pipelining", dependencies: ["load"] },
);

/** Node resumes a connection when it wants more of a body. */
function pauseAgain(this: Socket): void {
  this.pause();
}
