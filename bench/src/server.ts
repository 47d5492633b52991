import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Peer } from "./peers.ts";

/** A peer that runs, on the first core. */
export class Server {
  readonly port: number;
  readonly #process: ChildProcess;

  constructor({ command, environment }: Peer, port: number) {
    this.port = port;
    this.#process = spawn("taskset", ["--cpu-list", "0", ...command], {
      env: { ...process.env, ...environment, PORT: String(port) },
      stdio: ["ignore", "ignore", "inherit"],
    });
  }

  /** Waits until it accepts connections. */
  async ready(): Promise<void> {
    for (let attempts = 0; attempts < 200; attempts += 1) {
      if (await this.#accepts()) return;
      await sleep(100);
    }
    throw new Error(`nothing listens on port ${this.port}`);
  }

  /** The most memory that it had so far, in MB; of its first process. */
  get peakMegabytes(): number {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1000;
  }

  stop(): void {
    this.#process.kill();
  }

  #accepts(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
  }
}
