/** A control group of Linux that limits memory as a container does: without swap, and with an end for who needs more. */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { waitFor } from "@sorted/testbed";
import type { Test } from "tap";

const ROOT = "/sys/fs/cgroup";

export class ControlGroup {
  readonly #folder: string;
  readonly #isFirstVersion = existsSync(`${ROOT}/memory`);

  /**
   * Makes a group. At its end the test waits for the processes in it, and removes it.
   *
   * @param name one that no other group has
   * @param memoryBytes how much memory all its processes may have together
   */
  constructor(t: Test, name: string, memoryBytes: number) {
    this.#folder = `${ROOT}/${this.#isFirstVersion ? "memory/" : ""}sorted-test-${name}`;
    mkdirSync(this.#folder);
    t.teardown(async () => {
      await waitFor("the end of its processes", async () => this.#read("cgroup.procs") === "" || undefined);
      rmdirSync(this.#folder);
    });
    if (this.#isFirstVersion) {
      this.#write("memory.limit_in_bytes", memoryBytes);
      // Memory and swap together. A kernel without swap has no such file.
      if (existsSync(`${this.#folder}/memory.memsw.limit_in_bytes`))
        this.#write("memory.memsw.limit_in_bytes", memoryBytes);
    } else {
      this.#write("memory.max", memoryBytes);
      this.#write("memory.swap.max", 0);
    }
  }

  /** The file that a process writes its number to, in order to join the group. */
  get entrance(): string {
    return `${this.#folder}/cgroup.procs`;
  }

  /** The most memory that its processes have had together so far, in bytes. */
  get peakBytes(): number {
    return Number(this.#read(this.#isFirstVersion ? "memory.max_usage_in_bytes" : "memory.peak"));
  }

  /** How many of its processes the kernel has ended for their memory. */
  get killed(): number {
    const events = this.#read(this.#isFirstVersion ? "memory.oom_control" : "memory.events");
    return Number(/^oom_kill (\d+)/m.exec(events)?.[1]);
  }

  /** Moves a process into the group. Memory that it has already does not count. */
  add(pid: number): void {
    writeFileSync(this.entrance, String(pid));
  }

  #write(file: string, value: number): void {
    writeFileSync(`${this.#folder}/${file}`, String(value));
  }

  #read(file: string): string {
    return readFileSync(`${this.#folder}/${file}`, "utf8");
  }
}
