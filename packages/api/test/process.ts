import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Test } from "tap";
import { PATIENT } from "./app.ts";

/** A Node process of this package that a test has started. */
export class Process {
  readonly child: ChildProcess;
  output = "";

  /** @param script path from the package's folder */
  constructor(t: Test, script: string, parameters: readonly string[] = [], settings: NodeJS.ProcessEnv = {}) {
    const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
    // Without our own environment, so that it can't change a setting. The process runs the sources unchanged, but a
    // test runs them as tap compiles them. Their coverages don't add up, so tap records no coverage of the process.
    const env = { ...settings, _TAPJS_PROCESSINFO_COVERAGE_: "0" };
    this.child = spawn(process.execPath, [path, ...parameters], { env });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on("data", (chunk) => {
        this.output += chunk;
      });
    }
    t.teardown(() => this.child.kill("SIGKILL"));
  }

  /** Waits until the process has printed text that matches. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match) return match;
      if (this.child.exitCode !== null) throw new Error(`exited without printing ${pattern}: ${this.output}`);
      await Promise.race([once(this.child.stdout ?? this.child, "data"), once(this.child, "close")]);
    }
  }

  /** Waits for the end of the process and returns its exit status. */
  async exits(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, "close");
    return this.child.exitCode;
  }
}

/** The service as a process that listens, with its port. */
export async function startServer(t: Test, settings: NodeJS.ProcessEnv = {}) {
  const server = new Process(t, "src/server.ts", [], {
    PORT: "0",
    LOG_LEVEL: "info",
    ...PATIENT,
    ...settings,
  });
  const [, port] = await server.prints(/listening at http:\/\/127\.0\.0\.1:(\d+)/);
  return { server, port: Number(port) };
}

/** The most memory that a process has had so far. */
export function peakMebibytes({ child }: Process): number {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}
