/** The router between the subnets of a network, like the cloud's own in a VPC or a virtual network. */
import {
  byId,
  holds,
  prefixLength,
  type Subnet,
  type Topology,
  versionOf,
} from "@sorted/infra-check/reachability";
import { Host } from "@sorted/testbed";
import { lastAddress, routerAddresses, withLength } from "./addresses.ts";
import { routerSettings } from "./sysctl.ts";

/** The two ends of a link: the router's and the gateway's. */
export interface Link {
  /** The router's interface. */
  readonly name: string;
  /** The gateway's addresses on it. */
  readonly addresses: readonly [string, string];
}

/** Routing tables of subnets are numbered from here. Those for answers have higher numbers. */
const firstTable = 100;
const firstAnswerTable = 200;

export class Router {
  readonly host: Host;
  readonly #subnets: readonly Subnet[];
  readonly #links: Link[] = [];
  /** Links whose connections are answered over the same link, whatever the routes say. */
  readonly #answering: Link[] = [];
  #ports = 0;

  private constructor(host: Host, subnets: readonly Subnet[]) {
    this.host = host;
    this.#subnets = subnets;
  }

  /** A router with all subnets and their local routes. Packets from a subnet follow the routes of that subnet. */
  static async create({ subnets }: Topology): Promise<Router> {
    const router = new Router(await Host.create(), subnets);
    await router.host.run("sysctl", ...routerSettings);
    const lines = subnets.flatMap((subnet, index) => [
      `link add ${bridge(index)} type bridge`,
      ...routerAddresses(subnet).map(
        (address) => `address add ${withLength(subnet, address)} dev ${bridge(index)} nodad`,
      ),
      `link set ${bridge(index)} up`,
    ]);
    const rules = subnets.map(
      (_, index) => `rule add iif ${bridge(index)} lookup ${table(index)} priority 1000`,
    );
    const nowhere = subnets.flatMap((_, index) =>
      ["0.0.0.0/0", "::/0"].map(
        (everywhere) => `route add unreachable ${everywhere} metric 4000 table ${table(index)}`,
      ),
    );
    const local = subnets.flatMap((from, index) =>
      subnets
        .filter(({ network }) => network === from.network)
        .flatMap((to) => to.prefixes.map((prefix) => ({ prefix, to })))
        .filter(({ prefix }) => isLocal(from, prefix))
        .map(({ prefix, to }) => `route add ${prefix} dev ${router.#bridgeOf(to)} table ${table(index)}`),
    );
    await router.host.configure([...lines, ...rules, ...nowhere, ...local]);
    await router.host.configure(rules, 6);
    return router;
  }

  /** Gives a host an interface `eth0` in a subnet; returns the router's end of the cable. */
  async plug(host: Host, subnet: Subnet, addresses: readonly string[]): Promise<string> {
    this.#ports += 1;
    const port = `port${this.#ports}`;
    await this.host.connect(port, host, "eth0");
    await this.host.configure([`link set ${port} master ${this.#bridgeOf(subnet)} up`]);
    const versions = addresses.map(versionOf);
    await host.configure([
      ...addresses.map((address) => `address add ${withLength(subnet, address)} dev eth0 nodad`),
      "link set eth0 up",
      ...routerAddresses(subnet)
        .filter((address) => versions.includes(versionOf(address)))
        .map((address) => `route add default via ${address}`),
    ]);
    return port;
  }

  /** Connects a gateway by an interface `router`, which is its way into the network. */
  async link(gateway: Host, prefixes: readonly string[]): Promise<Link> {
    const number = this.#links.length;
    const name = `link${number}`;
    const [own, other] = [
      [`169.254.${number}.0`, `fd01:${number}::`],
      [`169.254.${number}.1`, `fd01:${number}::1`],
    ] as const;
    await this.host.connect(name, gateway, "router");
    await this.host.configure([
      `address add ${own[0]}/31 dev ${name}`,
      `address add ${own[1]}/127 dev ${name} nodad`,
      `link set ${name} up`,
    ]);
    await gateway.configure([
      `address add ${other[0]}/31 dev router`,
      `address add ${other[1]}/127 dev router nodad`,
      "link set router up",
      ...prefixes.map((prefix) => `route add ${prefix} via ${own[versionOf(prefix) === 4 ? 0 : 1]}`),
    ]);
    const link = { name, addresses: other };
    this.#links.push(link);
    return link;
  }

  /** Routes a prefix to a link: from one subnet, or from everywhere if none is given. */
  async route(prefix: string, { addresses, name }: Link, from?: Subnet): Promise<void> {
    const version = versionOf(prefix);
    const where = from ? ` table ${table(this.#subnets.indexOf(from))}` : "";
    const via = addresses[version === 4 ? 0 : 1];
    await this.host.configure([`route replace ${prefix} via ${via} dev ${name}${where}`]);
  }

  /** Routes a prefix, from one subnet, to a gateway in a subnet. */
  async routeToHost(prefix: string, to: Subnet, from: Subnet): Promise<void> {
    const where = `dev ${this.#bridgeOf(to)} table ${table(this.#subnets.indexOf(from))}`;
    await this.host.configure([`route replace ${prefix} via ${lastAddress(to)} ${where}`]);
  }

  /** From now on, answers to packets that come in over a link go back over it. */
  async answerBy(link: Link): Promise<void> {
    this.#answering.push(link);
    const marks = this.#answering.map(
      ({ name }, index) => `iifname "${name}" ct state new ct mark set ${index + 1}`,
    );
    const number = this.#answering.length;
    const answers = firstAnswerTable + number;
    await this.host.configure([
      `rule add fwmark ${number} lookup ${answers} priority ${900 + number}`,
      `route add default via ${link.addresses[0]} dev ${link.name} table ${answers}`,
    ]);
    await this.host.setFirewall(`table ip answers {
      chain incoming {
        type filter hook prerouting priority mangle; policy accept;
        ${marks.join("\n        ")}
        iifname "subnet*" meta mark set ct mark
      }
    }`);
  }

  /** Cuts or reconnects the cable at the router's end. */
  async setPort(port: string, state: "up" | "down"): Promise<void> {
    await this.host.configure([`link set ${port} ${state}`]);
  }

  close(): Promise<void> {
    return this.host.close();
  }

  #bridgeOf(subnet: Subnet): string {
    return bridge(this.#subnets.indexOf(byId(this.#subnets, subnet.id)));
  }
}

/** Whether the longest route that holds the prefix keeps it within the network. */
function isLocal({ routes }: Subnet, prefix: string): boolean {
  const [longest] = routes
    .filter((route) => holds(route.prefix, prefix))
    .toSorted((a, b) => prefixLength(b.prefix) - prefixLength(a.prefix));
  return longest?.to === "local";
}

function bridge(index: number): string {
  return `subnet${index}`;
}

function table(index: number): number {
  return firstTable + index;
}
