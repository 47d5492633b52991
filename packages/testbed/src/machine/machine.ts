/** A machine with cloud-init, booted from user data as a cloud would. It reaches nothing but the services that it is given. */
import { readFileSync } from "node:fs";
import { waitFor } from "../wait.ts";
import { kvmWorks } from "./kvm.ts";
import type { MachineOptions, Maker, Started } from "./maker.ts";
import { startInNspawn } from "./nspawn.ts";
import { startInQemu } from "./qemu.ts";

/** Who makes machines, by the name that `SORTED_MACHINE` has for it. */
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
   * Switches it on: in QEMU where that is installed and KVM works, else in systemd-nspawn; or in what the environment
   * variable `SORTED_MACHINE` names, `qemu` or `nspawn`. What it writes to its disk is gone when this process ends.
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

  /** Where one of its ports is reached. */
  origin(port: number): string {
    return `http://127.0.0.1:${this.#started.localPorts.get(port)}`;
  }

  /**
   * Runs a command in it and returns what that printed to standard output.
   *
   * @throws Error with all that it printed, if it ends with anything but 0.
   */
  run(command: string, ...args: readonly string[]): Promise<string> {
    return this.#started.run(command, args);
  }

  /** Waits until `attempt` returns something, and returns that. Fails at once if the machine is gone. */
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

  /** Waits until cloud-init has done what the user data says, and returns what went wrong. */
  async bootstrapped(): Promise<readonly string[]> {
    const result = await this.until("cloud-init to end", () =>
      this.run("cat", "/run/cloud-init/result.json"),
    );
    return JSON.parse(result).v1.errors;
  }

  /** Restarts it in good order, and waits until it has started anew. */
  async reboot(): Promise<void> {
    const before = await this.#bootId();
    // It may be gone before it can say how that ended.
    await this.run("systemctl", "reboot").catch(() => {});
    await this.until("the machine to restart", async () => (await this.#bootId()) !== before || undefined);
  }

  /** What it has written to its serial console last. */
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
