/**
 * The Internet of a twin: a host with all relevant outside addresses, and a link with the public addresses of the
 * network. The machine itself is on that link too, so a person at this machine is a client.
 */
import { type IpVersion, type Outside, versionOf } from "@sorted/infra-check/reachability";
import { Host, run } from "@sorted/testbed";
import { routerSettings } from "./sysctl.ts";

/** Addresses for benchmarks (RFC 2544): 512 links of 256 addresses. Every process takes a link of its own. */
const links = 512;
const machineNumber = 254;

export class Internet {
  /** The host of all places outside. */
  readonly host: Host;
  readonly #link: string;
  #used = 1;

  private constructor(host: Host, link: string) {
    this.host = host;
    this.#link = link;
  }

  /**
   * Builds it.
   *
   * @param places the host gets their addresses
   */
  static async create(places: readonly Outside[]): Promise<Internet> {
    const host = await Host.create();
    const internet = new Internet(host, await freeLink());
    await host.run("sysctl", ...routerSettings);
    await host.configure([
      "link add name street type bridge",
      `address add ${internet.#address(1, 4)}/24 dev street`,
      `address add ${internet.#address(1, 6)}/64 dev street nodad`,
      "link set street up",
      ...places.map(
        ({ address }) => `address add ${address}/${versionOf(address) === 4 ? 32 : 128} dev lo nodad`,
      ),
    ]);
    return internet;
  }

  /** Connects a host by an interface `wan`; returns its addresses, of both IP versions. */
  async connect(host: Host): Promise<Readonly<Record<IpVersion, string>>> {
    this.#used += 1;
    const own = { 4: this.#address(this.#used, 4), 6: this.#address(this.#used, 6) };
    const port = `port${this.#used}`;
    await this.host.connect(port, host, "wan");
    await this.host.configure([`link set ${port} master street up`]);
    await host.configure([
      `address add ${own[4]}/24 dev wan`,
      `address add ${own[6]}/64 dev wan nodad`,
      "link set wan up",
      `route add default via ${this.#address(1, 4)}`,
      `route add default via ${this.#address(1, 6)}`,
    ]);
    return own;
  }

  /** Another address on the link, for an interface `wan`. */
  async addAddress(host: Host): Promise<string> {
    this.#used += 1;
    const address = this.#address(this.#used, 4);
    await host.configure([`address add ${address}/24 dev wan`]);
    return address;
  }

  /** Makes the machine a client, and returns its address. */
  async connectMachine(): Promise<string> {
    const machine = Host.machine();
    const name = `twin${process.pid}`;
    await this.host.connect("machine", machine, name);
    await this.host.configure(["link set machine master street up"]);
    const address = this.#address(machineNumber, 4);
    await machine.configure([`address add ${address}/24 dev ${name}`, `link set ${name} up`]);
    return address;
  }

  /** A client outside knows no route to private addresses, but an attacker may try one. */
  async tryToReach(prefixes: readonly string[], by: Readonly<Record<IpVersion, string>>): Promise<void> {
    await this.host.configure(
      prefixes.map((prefix) => `route add ${prefix} via ${by[versionOf(prefix)]} dev street`),
    );
  }

  close(): Promise<void> {
    return this.host.close();
  }

  #address(number: number, version: IpVersion): string {
    return version === 4 ? `${this.#link}.${number}` : `fd00::${number}`;
  }
}

/** The first three numbers of a link that nobody on this machine uses. */
async function freeLink(): Promise<string> {
  const routes = await run("ip", ["-4", "route", "show"]);
  const candidates = Array.from({ length: links }, (_, index) => {
    const number = (process.pid + index) % links;
    return `198.${18 + (number >> 8)}.${number & 255}`;
  });
  const free = candidates.find((link) => !routes.includes(`${link}.`));
  if (!free) throw new Error("All of 198.18.0.0/15 is in use on this machine: other twins are running");
  return free;
}
