/** Commands of the system, run to their end or kept running. None outlives the process that started it. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What a command printed. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** How much of what a failed command printed is shown. */
const shownCharacters = 4000;

/**
 * Runs a command to its end.
 *
 * @param input What it reads from standard input.
 * @throws Error with the command and what it printed last, if it ends with anything but 0.
 */
export async function execute(command: string, args: readonly string[], input?: string): Promise<Output> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
  // A command may end without reading its input.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  if (status === 0) return { stdout, stderr };
  throw new Error(`${command} ${args.join(" ")}: ${status}\n${`${stdout}${stderr}`.slice(-shownCharacters)}`);
}

/** Runs a command to its end and returns what it printed to standard output. */
export async function run(command: string, args: readonly string[], input?: string): Promise<string> {
  return (await execute(command, args, input)).stdout;
}

/**
 * Starts a command that is ended with `stop`. The kernel ends it if this process dies without doing so; Ctrl-C, which a
 * terminal sends to a whole process group, does not reach it, so that all can be ended in order.
 */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const own = { stdio: "ignore", detached: true } as const;
  return spawn("setpriv", ["--pdeathsig", "TERM", command, ...args], { ...own, ...options });
}

/** Asks a started command to end and waits until it has. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
