/** Commands of the system, run to their end or kept running. None of them outlives the process that started it. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What a command printed. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** How much of a failed command's output the error shows. */
const shownCharacters = 4000;

/**
 * Runs a command to its end.
 *
 * @param input The standard input of the command.
 * @throws Error with the command and the end of its output, if its exit status is not 0.
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
 * Starts a command that `stop` ends. If this process dies first, Linux ends the command. Ctrl-C, which a terminal
 * sends to a whole process group, does not reach it, so all commands can end in order.
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
