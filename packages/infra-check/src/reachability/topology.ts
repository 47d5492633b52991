/**
 * A network as data, in no cloud's terms: what both clouds' programs are translated into, so that one computation answers
 * who can open a connection to whom, and the same network can be built elsewhere.
 */

export type IpVersion = 4 | 6;

export const PROTOCOLS = ["tcp", "udp", "icmp"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Both ends are included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export const ALL_PORTS: PortRange = { first: 0, last: 65_535 };

export interface Topology {
  readonly networks: readonly Network[];
  readonly subnets: readonly Subnet[];
  readonly gateways: readonly Gateway[];
  readonly hosts: readonly Host[];
  readonly balancers: readonly Balancer[];
  /** Places outside with addresses of their own that matter to routes or filters, such as the cloud's object storage. */
  readonly services: readonly Service[];
}

/** An address space whose subnets reach each other: a VPC, a virtual network. */
export interface Network {
  readonly id: string;
  readonly name: string;
  /** CIDR blocks of both IP versions. */
  readonly prefixes: readonly string[];
  /**
   * Whether answers to what came in by a host's public address go back by it, whatever the subnet's routes say (Azure).
   * Default: false, only a route to an internet gateway takes them back (AWS).
   */
  readonly answersByPublicAddress?: boolean;
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly network: string;
  readonly zone: string | undefined;
  readonly prefixes: readonly string[];
  /** The longest prefix that holds the destination decides. */
  readonly routes: readonly Route[];
  /** What passes in or out of the subnet must pass all of these as well as the host's own. */
  readonly filters: readonly Filter[];
}

export interface Route {
  readonly prefix: string;
  /** The id of a gateway, or `local`: within the network. */
  readonly to: string;
}

/**
 * A way out of a network. `internet`: both directions, for hosts with a public address. `nat`: outwards only, IPv4, from a
 * subnet that itself has a way to the Internet. `egressOnly`: outwards only, IPv6. `service`: to one service of the cloud.
 * `undeclared`: outwards only, for every host; what a cloud grants where nobody asks it not to.
 */
export interface Gateway {
  readonly id: string;
  readonly name: string;
  readonly kind: "internet" | "nat" | "egressOnly" | "service" | "undeclared";
  readonly network: string;
  /** Where a `nat` stands, if it stands in a subnet; one without sends straight to the Internet. */
  readonly subnet?: string;
}

/**
 * A network interface: of an instance, of a balancer in one of its subnets, of an endpoint of the cloud's services, of a
 * bastion, which the cloud runs to open shells on instances.
 */
export interface Host {
  readonly id: string;
  readonly name: string;
  readonly role: "instance" | "balancer" | "endpoint" | "bastion";
  readonly subnet: string;
  /** Default: the subnet's. */
  readonly zone?: string | undefined;
  /** At most one of each IP version. */
  readonly addresses: readonly string[];
  /** The versions over which the Internet has an address for it. */
  readonly publicOver: readonly IpVersion[];
  /** All must let a connection pass. */
  readonly filters: readonly Filter[];
}

/**
 * `proxy`: ends the client's connection at one of its own hosts and opens another to a backend. `passThrough`: hands the
 * client's packets on to a backend, which sees the client's address.
 */
export interface Balancer {
  readonly id: string;
  readonly name: string;
  readonly mode: "proxy" | "passThrough";
  /** Its own interfaces, by id; none where it passes through. */
  readonly hosts: readonly string[];
  readonly publicOver: readonly IpVersion[];
  readonly listeners: readonly Listener[];
  /** Besides its listeners. */
  readonly forwards?: readonly Forward[];
  /** The service that asks backends whether they are healthy, where the balancer's own hosts don't. */
  readonly prober?: string;
}

export interface Listener {
  readonly protocol: Protocol;
  readonly port: number;
  /** Where it sends requests; none where it answers by itself, with a redirect for example. */
  readonly backend: Backend | undefined;
}

export interface Backend {
  /** Of the hosts. */
  readonly port: number;
  readonly hosts: readonly string[];
  readonly healthCheck: HealthCheck | undefined;
}

/** A request that a host must answer with 200 to be given others. */
export interface HealthCheck {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** So many failures in a row make a host unhealthy, so many successes healthy again. */
  readonly unhealthyAfter: number;
  readonly healthyAfter: number;
}

/** Ports of a balancer of which each leads to one host alone. */
export interface Forward {
  readonly protocol: Protocol;
  readonly ports: PortRange;
  /** The port of the hosts. */
  readonly port: number;
  readonly hosts: readonly string[];
}

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly prefixes: readonly string[];
  /**
   * Of a service that by itself connects to hosts, as part of the cloud: it is no client. `everyHost`: whatever addresses
   * the host has, as health probes do; `publicAddresses`: as the Internet does. Default: it only answers.
   */
  readonly connectsTo?: "everyHost" | "publicAddresses";
}

/**
 * A stateful packet filter: the first rule that matches decides, and with none the connection is refused. Allow lists
 * (security groups of AWS) are rules in any order, prioritised rules (of Azure) are sorted; groups and service tags are
 * resolved to prefixes by the translator.
 */
export interface Filter {
  readonly id: string;
  readonly name: string;
  readonly rules: readonly FilterRule[];
}

export interface FilterRule {
  readonly name: string;
  readonly action: "allow" | "deny";
  readonly direction: "in" | "out";
  readonly protocol: Protocol | "any";
  readonly ports: readonly PortRange[];
  /** The far end: the source of what comes in, the destination of what goes out. */
  readonly peers: readonly string[];
  /** Prefixes that `peers` does not mean: "the Internet" is everything but the network. */
  readonly except?: readonly string[];
  /** The near end, which the filter protects. Default: every host that the filter is on. */
  readonly own?: readonly string[];
}

/** @throws if there is none: a topology refers only to what it holds */
export function byId<T extends { readonly id: string }>(things: readonly T[], id: string): T {
  const found = things.find((thing) => thing.id === id);
  if (!found)
    throw new Error(`The topology has no ${id}; it has ${things.map((thing) => thing.id).join(", ")}`);
  return found;
}
