/** Commands of the system, run to their end or kept running. None outlives the process that started it. */
import { type ChildProcess, execFile, type SpawnOptions, spawn } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/**
 * Runs a command to its end and returns what it printed.
 *
 * @param input What it reads from standard input.
 * @throws Error with the command and what it printed to standard error, if it ends with anything but 0.
 */
export async function run(command: string, args: readonly string[], input = ""): Promise<string> {
  const ended = execute(command, args, { maxBuffer: 64 << 20 });
  ended.child.stdin?.end(input);
  const { stdout } = await ended;
  return stdout;
}

/** Starts a command that is ended with `stop`. The kernel ends it if this process dies without doing so. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn("setpriv", ["--pdeathsig", "TERM", command, ...args], { stdio: "ignore", ...options });
}

/** Asks a started command to end and waits until it has. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
