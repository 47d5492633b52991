import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Test } from "tap";

const MAIN = join(import.meta.dirname, "../dist/main.js");

/** The command in words of a shell. */
export const SORTED = `'${process.execPath}' '${MAIN}'`;

/** How a command ended, and what it wrote. */
export interface Ending {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder for one test, which is removed after it. Commands run in it, and with nothing of the test's environment. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "sorted-cli-"));

  constructor(t: Test) {
    t.teardown(() => rmSync(this.path, { recursive: true, force: true }));
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(join(this.path, name), content);
    return name;
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }

  names(): string[] {
    return readdirSync(this.path).sort();
  }

  /** Runs `sorted` with these arguments and this standard input. */
  async sorted(args: readonly string[], input: string | Uint8Array = ""): Promise<Ending> {
    const child = this.start(args);
    child.stdin?.end(input);
    return ended(child);
  }

  /** Starts `sorted`; its standard input stays open. */
  start(args: readonly string[]): ChildProcess {
    return this.#spawn(process.execPath, [MAIN, ...args]);
  }

  /** Runs a command of bash, in which `sorted` is the command. */
  async bash(script: string): Promise<Ending> {
    const child = this.#spawn("bash", ["-c", `sorted() { ${SORTED} "$@"; }\n${script}`]);
    child.stdin?.end();
    return ended(child);
  }

  #spawn(command: string, args: readonly string[]): ChildProcess {
    const env = { PATH: process.env["PATH"], HOME: this.path };
    const child = spawn(command, args, { cwd: this.path, env, stdio: "pipe" });
    // A command that ends before it has read everything is no fault of the test.
    child.stdin.on("error", () => {});
    return child;
  }
}

/** Waits for the end of a command. */
export async function ended(child: ChildProcess): Promise<Ending> {
  if (child.stdout === null || child.stderr === null) throw new Error("the command's output is not piped");
  const closed = new Promise<Pick<Ending, "status" | "signal">>((resolve) =>
    child.once("close", (status, signal) => resolve({ status, signal })),
  );
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { ...(await closed), stdout, stderr };
}

/** Numbers, a line each, in no order: so many that the command sorts them in threads. */
export function manyNumbers(count = 600_000): string {
  // The steps of a linear congruential generator: the same numbers in every run.
  let state = 1;
  const lines: string[] = [];
  for (let i = 0; i < count; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    lines.push(`${state}.5e-3`);
  }
  return `${lines.join("\n")}\n`;
}
