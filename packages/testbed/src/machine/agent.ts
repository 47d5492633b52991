/** Commands inside a virtual machine, by QEMU's guest agent: it needs no network, no key and no shell there. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** What became of a command. */
export interface Ended {
  /** The exit status; one above 128 for a signal. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const answerMilliseconds = 60_000;
const pollMilliseconds = 500;

/**
 * Runs a command in a machine to its end.
 *
 * @param path The socket that QEMU has for the agent.
 * @throws Error if the agent does not answer, as while the machine starts.
 * @see https://www.qemu.org/docs/master/interop/qemu-ga-ref.html
 */
export async function runByAgent(path: string, command: string, args: readonly string[]): Promise<Ended> {
  const socket = connect(path);
  try {
    await once(socket, "connect");
    const ask = asking(socket);
    const { pid } = await ask("guest-exec", { path: command, arg: args, "capture-output": true });
    for (;;) {
      const state = await ask("guest-exec-status", { pid });
      if (state["exited"] === true) {
        const signal = Number(state["signal"] ?? 0);
        return {
          status: signal > 0 ? 128 + signal : Number(state["exitcode"]),
          stdout: decoded(state["out-data"]),
          stderr: decoded(state["err-data"]),
        };
      }
      await sleep(pollMilliseconds);
    }
  } finally {
    socket.destroy();
  }
}

type Answer = Readonly<Record<string, unknown>>;

/** Asks one thing after the other. Answers to what an earlier connection asked carry other numbers, and are passed over. */
function asking(socket: Socket): (execute: string, parameters: object) => Promise<Answer> {
  let asked = Date.now();
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  return async (execute, parameters) => {
    asked += 1;
    socket.write(`${JSON.stringify({ execute, arguments: parameters, id: asked })}\n`);
    const timer = setTimeout(() => socket.destroy(), answerMilliseconds);
    try {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error("the machine's agent does not answer");
        const answer: { id?: unknown; return?: Answer; error?: { desc?: string } } = JSON.parse(value);
        if (answer.id !== asked) continue;
        if (answer.return) return answer.return;
        throw new Error(`${execute}: ${answer.error?.desc}`);
      }
    } finally {
      clearTimeout(timer);
    }
  };
}

function decoded(data: unknown): string {
  return typeof data === "string" ? Buffer.from(data, "base64").toString() : "";
}
