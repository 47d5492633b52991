import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Peer } from "./peers.ts";

/** The unit in which Linux counts processor time. */
const TICKS_PER_SECOND = 100;

/** The number of the core that servers run on. */
export const FIRST_CORE = "0";

/** A running peer, on the first core by default. */
export class Server {
  readonly port: number;
  readonly #process: ChildProcess;

  /** @param cores the numbers of the cores that it may use, as `taskset` takes them */
  constructor({ command, environment }: Peer, port: number, cores = FIRST_CORE) {
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

  /** The number of its first process. */
  get pid(): number {
    if (this.#process.pid === undefined) throw new Error("the process could not be started");
    return this.#process.pid;
  }

  /** The largest memory of its first process so far, in MB. */
  get peakMegabytes(): number {
    return megabytes(this.pid, "VmHWM");
  }

  /** The memory of its first process now, in MB. */
  get residentMegabytes(): number {
    return residentMegabytes(this.pid);
  }

  /** The processor time of its first process so far, in seconds. */
  get processorSeconds(): number {
    return processorSeconds(this.pid);
  }

  /** Ends it, and waits until it has ended. */
  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    if (this.#process.kill()) await ended;
  }

  #accepts(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
  }
}

/** The processor time of a process so far, in seconds. */
export function processorSeconds(pid: number): number {
  // After the name, which may have spaces: user and system time are the fields 14 and 15 (proc_pid_stat(5)).
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
  return (Number(fields?.[11]) + Number(fields?.[12])) / TICKS_PER_SECOND;
}

/** The memory of a process now, in MB. */
export function residentMegabytes(pid: number): number {
  return megabytes(pid, "VmRSS");
}

/** What Linux reports about the memory of a process (proc_pid_status(5)), in kB, which mean KiB there. */
function megabytes(pid: number, field: "VmHWM" | "VmRSS"): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return (Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) * 1024) / 1e6;
}
