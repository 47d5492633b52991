/** A host of a network of our own: a network namespace. It lasts as long as the process that holds it. */
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { readlinkSync } from "node:fs";
import { run, start, stop } from "./command.ts";
import type { Container } from "./container.ts";
import { waitFor } from "./wait.ts";

export class Host {
  /** The process that holds the namespace. */
  readonly pid: number;
  readonly close: () => Promise<void>;

  private constructor(pid: number, close: () => Promise<void>) {
    this.pid = pid;
    this.close = close;
  }

  /** An empty host: it has only a loopback interface. */
  static async create(): Promise<Host> {
    const holder = start("unshare", ["--net", "sleep", "infinity"]);
    const host = new Host(holder.pid ?? 0, () => stop(holder));
    const own = readlinkSync("/proc/self/ns/net");
    await waitFor("a network namespace", async () => readlinkSync(host.#namespace) !== own || undefined);
    await host.run("ip", "link", "set", "lo", "up");
    return host;
  }

  /** The machine itself. */
  static machine(): Host {
    return new Host(process.pid, async () => {});
  }

  /** The host of a container. */
  static async of(container: Container): Promise<Host> {
    return new Host(await container.pid(), async () => {});
  }

  get #namespace(): string {
    return `/proc/${this.pid}/ns/net`;
  }

  /** Runs a command on it to its end, and returns what it printed. */
  run(command: string, ...args: string[]): Promise<string> {
    return run("nsenter", [`--net=${this.#namespace}`, command, ...args]);
  }

  /**
   * Changes its interfaces, addresses and routes.
   *
   * @param lines The arguments of `ip`, one call per line.
   * @param version The version of IP, for lines without an address.
   */
  async configure(lines: readonly string[], version: 4 | 6 = 4): Promise<void> {
    const command = version === 6 ? ["ip", "-6", "-batch", "-"] : ["ip", "-batch", "-"];
    await run("nsenter", [`--net=${this.#namespace}`, ...command], `${lines.join("\n")}\n`);
  }

  /** Connects this host and another: one interface on each. Both interfaces go away with either host. */
  async connect(name: string, other: Host, otherName: string): Promise<void> {
    const peer = ["type", "veth", "peer", "name", otherName, "netns", `${other.pid}`];
    await this.run("ip", "link", "add", name, ...peer);
  }

  /** Starts a command on it. */
  start(command: string, args: readonly string[], options?: SpawnOptions): ChildProcess {
    return start("nsenter", [`--net=${this.#namespace}`, command, ...args], options);
  }

  /** Replaces its firewall at once, as a security group does for an instance. */
  async setFirewall(rules: string): Promise<void> {
    await run("nsenter", [`--net=${this.#namespace}`, "nft", "--file", "-"], `flush ruleset\n${rules}`);
  }
}
