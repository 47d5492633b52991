/** A network of hosts: subnets, and a router between them that lets everything through, as a cloud's does. */
import { Host } from "./host.ts";

/** A subnet of IPv4. */
export interface Subnet {
  /** At most 15 characters. */
  readonly name: string;
  /** The router's address in it. */
  readonly gateway: string;
  readonly prefixLength: number;
}

export class Network {
  readonly #router: Host;
  #interfaces = 0;

  private constructor(router: Host) {
    this.#router = router;
  }

  /**
   * @example
   * const network = await Network.create([{ name: "private", gateway: "10.0.1.1", prefixLength: 24 }]);
   */
  static async create(subnets: readonly Subnet[]): Promise<Network> {
    const router = await Host.create();
    await router.run("sysctl", "--quiet", "--write", "net.ipv4.ip_forward=1");
    for (const { name, gateway, prefixLength } of subnets) {
      await router.run("ip", "link", "add", name, "type", "bridge");
      await router.run("ip", "address", "add", `${gateway}/${prefixLength}`, "dev", name);
      await router.run("ip", "link", "set", name, "up");
    }
    return new Network(router);
  }

  /** Gives a host an address in a subnet. */
  async attach(host: Host, subnet: Subnet, address: string): Promise<void> {
    this.#interfaces += 1;
    const port = `port${this.#interfaces}`;
    const router = this.#router;
    await router.connect(port, host, "eth0");
    await router.run("ip", "link", "set", port, "master", subnet.name, "up");
    await host.run("ip", "address", "add", `${address}/${subnet.prefixLength}`, "dev", "eth0");
    await host.run("ip", "link", "set", "eth0", "up");
    await host.run("ip", "route", "add", "default", "via", subnet.gateway);
  }

  /** Removes the router, and the cables with it. */
  close(): Promise<void> {
    return this.#router.close();
  }
}
