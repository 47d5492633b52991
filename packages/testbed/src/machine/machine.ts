/**
 * A virtual machine of QEMU's with cloud-init, booted from user data as a cloud would. It reaches nothing but the
 * {@link Services} that it is given. Where it is emulated it takes minutes for what takes a cloud's seconds.
 */
import type { ChildProcess } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import type { Server } from "node:net";
import { join } from "node:path";
import { start, stop } from "../command.ts";
import { temporaryFolder } from "../temporary.ts";
import { waitFor } from "../wait.ts";
import { accelerator } from "./accelerator.ts";
import { runByAgent } from "./agent.ts";
import { machineFolder } from "./disk.ts";
import { doorwayTo } from "./doorway.ts";
import { freePort, listen } from "./listen.ts";
import type { Services } from "./services.ts";

/** What a machine is given. */
export interface MachineOptions {
  /** Also the instance's ID. */
  readonly hostName: string;
  readonly userData: string;
  readonly services: Services;
  /** The machine's ports that are reached from here. */
  readonly ports: readonly number[];
}

/**
 * The machine's network is as wide as this so that the addresses that clouds keep for themselves, 169.254.169.254 and
 * 168.63.129.16, lie in it: QEMU answers at addresses of that network only.
 */
const network = "168.0.0.0/7";
const metadataAddress = "169.254.169.254";
const servicesAddress = "168.0.2.100";

const memoryMiB = 1536;

const kernelParameters = [
  // The disks are found in any order.
  ...["root=PARTUUID=12345678-01", "rootwait", "rw"],
  ...["console=ttyS0", "systemd.journald.forward_to_console=1"],
  // Guards against a processor's flaws, and security modules that nothing here has rules for: both cost an emulated one much.
  ...["mitigations=off", "lsm=yama", "audit=0"],
];

/** An emulated machine on a busy host is slow: what takes longer has failed. Each question costs it time, too. */
const patienceSeconds = 900;
const pauseSeconds = 2;

export class Machine {
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #doorways: readonly Server[];
  /** Ports of loopback by the machine's ports. */
  readonly #ports: ReadonlyMap<number, number>;

  private constructor(
    folder: string,
    process: ChildProcess,
    doorways: readonly Server[],
    ports: ReadonlyMap<number, number>,
  ) {
    this.#folder = folder;
    this.#process = process;
    this.#doorways = doorways;
    this.#ports = ports;
  }

  /**
   * Switches it on. What it writes to its disk is gone when it is closed.
   *
   * @example
   * const machine = await Machine.boot({ hostName: "one", userData: "#cloud-config\n…", services, ports: [80] });
   * t.teardown(() => machine.close());
   */
  static async boot({ hostName, userData, services, ports }: MachineOptions): Promise<Machine> {
    const image = await machineFolder();
    const kernel = join(image, "vmlinuz");
    const folder = temporaryFolder();
    writeSeed(join(folder, "seed"), {
      "user-data": userData,
      "meta-data": JSON.stringify({ "instance-id": hostName, "local-hostname": hostName }),
      "vendor-data": `#cloud-config\n${JSON.stringify(surroundings(services))}`,
    });
    const doorways: Server[] = [];
    const doors = new Map<number, number>();
    const forwarded: string[] = [];
    for (const port of ports) {
      const local = await freePort();
      forwarded.push(`hostfwd=tcp:127.0.0.1:${local}-:${port}`);
      const doorway = doorwayTo(local);
      doorways.push(doorway);
      doors.set(port, await listen(doorway));
    }
    const console = openSync(join(folder, "console"), "w");
    const process = start(
      "qemu-system-x86_64",
      [
        ...["-nodefaults", "-no-user-config", "-display", "none"],
        ...(await accelerator(kernel)),
        ...["-machine", "q35,sata=off,smbus=off,hpet=off", "-smp", "2", "-m", `${memoryMiB}`],
        ...["-kernel", kernel, "-append", kernelParameters.join(" ")],
        ...nvme("disk", `file=${join(image, "disk.img")},format=raw,snapshot=on,cache=unsafe`),
        ...nvme("seed", `driver=vvfat,dir=${join(folder, "seed")},label=cidata,read-only=on`),
        "-netdev",
        [
          `user,id=network,net=${network},restrict=on`,
          leadsTo(`${metadataAddress}:80`, services.metadataPort),
          leadsTo(`${servicesAddress}:443`, services.httpsPort),
          ...forwarded,
        ].join(),
        ...["-device", "virtio-net-pci,netdev=network", "-device", "virtio-serial-pci"],
        ...["-chardev", `socket,id=agent,path=${join(folder, "agent")},server=on,wait=off`],
        ...["-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0"],
        ...["-serial", "stdio"],
      ],
      { stdio: ["ignore", console, console] },
    );
    return new Machine(folder, process, doorways, doors);
  }

  /** Where one of its ports is reached. */
  origin(port: number): string {
    return `http://127.0.0.1:${this.#ports.get(port)}`;
  }

  /**
   * Runs a command in it and returns what that printed to standard output.
   *
   * @throws Error with all that it printed, if it ends with anything but 0.
   */
  async run(command: string, ...args: readonly string[]): Promise<string> {
    const agent = join(this.#folder, "agent");
    const { status, stdout, stderr } = await runByAgent(agent, command, args);
    if (status === 0) return stdout;
    throw new Error(`${command} ${args.join(" ")}: ${status}\n${stdout}${stderr}`);
  }

  /** Waits until `attempt` returns something, and returns that. Fails at once if the machine is gone. */
  async until<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
    const result = await waitFor(
      what,
      async () => {
        if (this.#isOff) return { value: undefined };
        const value = await attempt();
        return value === undefined ? undefined : { value };
      },
      patienceSeconds,
      pauseSeconds,
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
    return readFileSync(join(this.#folder, "console"), "utf8").slice(-8000);
  }

  /** Cuts its power. */
  close(): Promise<void> {
    for (const doorway of this.#doorways) doorway.close();
    return stop(this.#process);
  }

  get #isOff(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Identifies a start of the machine. */
  #bootId(): Promise<string> {
    return this.run("cat", "/proc/sys/kernel/random/boot_id");
  }
}

/** A disk on the bus that Debian's kernel knows without a module, so that it needs no initial RAM disk. */
function nvme(id: string, drive: string): readonly string[] {
  return ["-drive", `id=${id},if=none,${drive}`, "-device", `nvme,drive=${id},serial=${id}`];
}

/** A way from an address of the machine's network to a port of loopback. */
function leadsTo(address: string, port: number): string {
  return `guestfwd=tcp:${address}-cmd:socat STDIO TCP4:127.0.0.1:${port}`;
}

/** The files from which cloud-init's NoCloud reads what a cloud's metadata service would say. */
function writeSeed(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

/**
 * What a cloud's own network does by itself: names lead to its services, whose certificate is trusted. It is put where
 * update-ca-certificates would have put it, which takes more than a minute on an emulated machine.
 */
function surroundings({ names, certificate }: Services): object {
  const hosts = `127.0.0.1 localhost\n${servicesAddress} ${names.join(" ")}\n`;
  return {
    bootcmd: [
      ["sh", "-c", 'printf "%s" "$1" > /etc/hosts', "sh", hosts],
      ["sh", "-c", 'printf "%s" "$1" >> /etc/ssl/certs/ca-certificates.crt', "sh", certificate],
    ],
  };
}
