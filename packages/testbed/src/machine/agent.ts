/** Commands inside a virtual machine, by QEMU's guest agent. It needs no network, no key and no shell there. */
import { on, once } from "node:events";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** The result of a command. */
export interface Ended {
  /** The exit status; one above 128 for a signal. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A question is lost while nobody listens there, as at the start. */
const answerMilliseconds = 30_000;
const pollMilliseconds = 1000;

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

/**
 * Asks one question after the other. Answers to questions of an earlier connection have other numbers, and are skipped.
 */
function asking(socket: Socket): (execute: string, parameters: object) => Promise<Answer> {
  let asked = Date.now();
  const lines = createInterface(socket);
  return async (execute, parameters) => {
    asked += 1;
    const answers = on(lines, "line", { signal: AbortSignal.timeout(answerMilliseconds), close: ["close"] });
    socket.write(`${JSON.stringify({ execute, arguments: parameters, id: asked })}\n`);
    for await (const [line] of answers) {
      const answer: { id?: unknown; return?: Answer; error?: { desc?: string } } = JSON.parse(line);
      if (answer.id !== asked) continue;
      if (answer.return) return answer.return;
      throw new Error(`${execute}: ${answer.error?.desc}`);
    }
    throw new Error("the machine has closed the connection to its agent");
  };
}

function decoded(data: unknown): string {
  return typeof data === "string" ? Buffer.from(data, "base64").toString() : "";
}
