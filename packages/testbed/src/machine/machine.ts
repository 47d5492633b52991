/** A machine with cloud-init, booted from user data as in a cloud. It reaches only the services that it is given. */
import { readFileSync } from "node:fs";
import { waitFor } from "../wait.ts";
import { kvmWorks } from "./kvm.ts";
import type { MachineOptions, Maker, Started } from "./maker.ts";
import { startInNspawn } from "./nspawn.ts";
import { startInQemu } from "./qemu.ts";

/** The makers of machines, by their names in `SORTED_MACHINE`. */
const MAKERS: Readonly<Record<string, Maker>> = {
  nspawn: startInNspawn,
  qemu: startInQemu,
};

export class Machine {
  readonly #started: Started;

  private constructor(started: Started) {
    this.#started = started;
  }

  /**
   * Switches it on: in QEMU if that is installed and KVM works, otherwise in systemd-nspawn. The environment variable
   * `SORTED_MACHINE` can choose `qemu` or `nspawn`. The contents of its disk are gone when this process ends.
   *
   * @throws Error if `SORTED_MACHINE` is something else.
   * @example
   * const machine = await Machine.boot({ hostName: "one", userData: "#cloud-config\n…", services, ports: [80] });
   * t.teardown(() => machine.close());
   */
  static async boot(options: MachineOptions): Promise<Machine> {
    const name = process.env.SORTED_MACHINE ?? ((await kvmWorks()) ? "qemu" : "nspawn");
    const start = MAKERS[name];
    if (!start) throw new Error(`SORTED_MACHINE is "${name}", but there are only qemu and nspawn`);
    return new Machine(await start(options));
  }

  /** The address of one of its ports. */
  origin(port: number): string {
    return `http://127.0.0.1:${this.#started.localPorts.get(port)}`;
  }

  /**
   * Runs a command in it and returns the standard output.
   *
   * @throws Error with all of the output, if the exit status is not 0.
   */
  run(command: string, ...args: readonly string[]): Promise<string> {
    return this.#started.run(command, args);
  }

  /** Waits until `attempt` returns something, and returns that. Fails at once if the machine has stopped. */
  async until<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
    const result = await waitFor(
      what,
      async () => {
        if (this.#started.isOff()) return { value: undefined };
        const value = await attempt();
        return value === undefined ? undefined : { value };
      },
      this.#started.patienceSeconds,
      this.#started.pauseSeconds,
    );
    if (result.value === undefined) throw new Error("the machine is off");
    return result.value;
  }

  /** Waits until cloud-init has applied the user data, and returns what went wrong. */
  async bootstrapped(): Promise<readonly string[]> {
    const result = await this.until("cloud-init to end", () =>
      this.run("cat", "/run/cloud-init/result.json"),
    );
    return JSON.parse(result).v1.errors;
  }

  /** Restarts it properly, and waits until it has started again. */
  async reboot(): Promise<void> {
    const before = await this.#bootId();
    // It may stop before it can report the result.
    await this.run("systemctl", "reboot").catch(() => {});
    await this.until("the machine to restart", async () => (await this.#bootId()) !== before || undefined);
  }

  /** The end of its serial console's output. */
  console(): string {
    return readFileSync(this.#started.consoleFile, "utf8").slice(-8000);
  }

  /** Cuts its power. */
  close(): Promise<void> {
    return this.#started.close();
  }

  /** Identifies a start of the machine. */
  #bootId(): Promise<string> {
    return this.run("cat", "/proc/sys/kernel/random/boot_id");
  }
}
