import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Peer } from "./peers.ts";

/** The unit in which Linux counts processor time. */
const TICKS_PER_SECOND = 100;

/** A running peer, on the first core by default. */
export class Server {
  readonly port: number;
  readonly #process: ChildProcess;

  /** @param cores the numbers of the cores that it may use, as `taskset` takes them */
  constructor({ command, environment }: Peer, port: number, cores = "0") {
    this.port = port;
    this.#process = spawn("taskset", ["--cpu-list", cores, ...command], {
      env: { ...process.env, ...environment, PORT: String(port) },
      stdio: ["ignore", "ignore", "inherit"],
    });
  }

  /** Waits until it accepts connections. */
  async ready(): Promise<void> {
    for (let attempts = 0; attempts < 1200; attempts += 1) {
      if (await this.#accepts()) return;
      await sleep(100);
    }
    throw new Error(`nothing listens on port ${this.port}`);
  }

  /** The largest memory of its first process so far, in MB. */
  get peakMegabytes(): number {
    return this.#megabytes("VmHWM");
  }

  /** The memory of its first process now, in MB. */
  get residentMegabytes(): number {
    return this.#megabytes("VmRSS");
  }

  /** The processor time of its first process so far, in seconds. */
  get processorSeconds(): number {
    // After the name, which may have spaces: user and system time are the fields 14 and 15 (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${this.#process.pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
    return (Number(fields?.[11]) + Number(fields?.[12])) / TICKS_PER_SECOND;
  }

  /** Ends it, and waits until it has ended. */
  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    if (this.#process.kill()) await ended;
  }

  /** What Linux reports about its memory (proc_pid_status(5)), in kB, which mean KiB there. */
  #megabytes(field: "VmHWM" | "VmRSS"): number {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
    return (Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) * 1024) / 1e6;
  }

  #accepts(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
  }
}
