/**
 * The entrance to a port that QEMU forwards. QEMU has room for only one waiting caller, and Linux does not answer
 * the others. They try again after a second, then two, then four, so a hundred at once would wait for a minute.
 */
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { pipeline } from "node:stream";

/** After this much silence, QEMU had no room. */
const silenceMilliseconds = 200;

/** A server that does not listen yet. It passes its connections on to a port of loopback, one caller at a time. */
export function doorwayTo(port: number): Server {
  let turn = Promise.resolve();
  return createServer((caller) => {
    turn = turn.then(async () => {
      try {
        pipeline(caller, await knock(port), caller, () => {});
      } catch {
        caller.destroy();
      }
    });
  });
}

/** @throws Error if nobody listens there any more. */
async function knock(port: number): Promise<Socket> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const silence = AbortSignal.timeout(silenceMilliseconds);
    try {
      await once(socket, "connect", { signal: silence });
      return socket;
    } catch (error) {
      socket.destroy();
      if (!silence.aborted) throw error;
    }
  }
}
