/** HAProxy on a host, with a name server next to it that knows the servers, as Docker's does. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { stop } from "./command.ts";
import type { Host } from "./host.ts";
import { temporaryFolder } from "./temporary.ts";
import { waitFor } from "./wait.ts";

/** A server as HAProxy sees it. */
export interface Server {
  readonly address: string;
  readonly isUp: boolean;
  /** How many requests it received. */
  readonly requests: number;
}

export class Balancer {
  readonly #name: string;
  readonly #folder = temporaryFolder();
  readonly #names: ChildProcess;
  readonly #haproxy: ChildProcess;

  /**
   * Starts it.
   *
   * @param configuration A file for HAProxy, which finds its name server in the variable `RESOLVER`.
   * @param name The name under which it looks for its servers.
   */
  constructor(host: Host, configuration: string, name: string) {
    this.#name = name;
    this.#writeNames([]);
    this.#names = host.start("dnsmasq", [
      "--keep-in-foreground",
      "--conf-file=/dev/null",
      "--pid-file",
      // If it changed its user or group, Linux would no longer end it with this process.
      "--user=root",
      "--group=root",
      "--no-resolv",
      "--no-hosts",
      "--local-ttl=0",
      "--bind-interfaces",
      "--listen-address=127.0.0.1",
      `--addn-hosts=${this.#path("names")}`,
    ]);
    writeFileSync(this.#path("socket.cfg"), `global\n    stats socket ${this.#path("socket")}\n`);
    const log = openSync(this.#path("log"), "w");
    this.#haproxy = host.start("haproxy", ["-db", "-f", configuration, "-f", this.#path("socket.cfg")], {
      env: { ...process.env, RESOLVER: "127.0.0.1:53" },
      stdio: ["ignore", log, log],
    });
  }

  /** Sets the addresses of the name from now on. */
  setServers(addresses: readonly string[]): void {
    this.#writeNames(addresses);
    this.#names.kill("SIGHUP");
  }

  /** The servers that HAProxy knows. */
  async servers(): Promise<Server[]> {
    const [header = "", ...lines] = (await this.#ask("show stat")).trim().split("\n");
    const columns = header.replace("# ", "").split(",");
    return lines
      .map((line) => {
        const cells = line.split(",");
        return (column: string): string => cells[columns.indexOf(column)] ?? "";
      })
      .filter((cell) => cell("type") === "2" && cell("addr") !== "")
      .map((cell) => ({
        address: cell("addr").split(":")[0] ?? "",
        isUp: cell("status").startsWith("UP"),
        requests: Number(cell("stot")),
      }));
  }

  /** Waits until HAProxy sends requests to exactly these. */
  async serves(addresses: readonly string[]): Promise<void> {
    const expected = addresses.toSorted().join();
    await waitFor(`the balancer to serve ${expected}`, async () => {
      const up = (await this.servers()).filter((server) => server.isUp).map((server) => server.address);
      if (up.toSorted().join() !== expected)
        throw new Error(readFileSync(this.#path("log"), "utf8").slice(-1000));
      return true;
    });
  }

  /** Ends both. */
  async close(): Promise<void> {
    await Promise.all([stop(this.#haproxy), stop(this.#names)]);
    rmSync(this.#folder, { recursive: true });
  }

  async #ask(command: string): Promise<string> {
    const socket = connect(this.#path("socket"));
    await once(socket, "connect");
    socket.end(`${command}\n`);
    return text(socket);
  }

  #writeNames(addresses: readonly string[]): void {
    writeFileSync(this.#path("names"), addresses.map((address) => `${address} ${this.#name}\n`).join(""));
  }

  #path(file: string): string {
    return join(this.#folder, file);
  }
}
