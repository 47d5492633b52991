/** Follows the opening of one connection through routes, gateways and filters. */
import { holds, prefixLength, versionOf } from "./address.ts";
import { judge } from "./filter.ts";
import {
  type Balancer,
  byId,
  type Gateway,
  type Host,
  type IpVersion,
  type Network,
  type Protocol,
  type Route,
  type Service,
  type Subnet,
  type Topology,
} from "./topology.ts";

/** An address outside all networks of the topology: somewhere in the Internet, or in a {@link Topology.services}. */
export interface Outside {
  readonly outside: true;
  readonly name: string;
  readonly address: string;
}

export type Place = Host | Outside;

export type Hop =
  | { readonly kind: "host"; readonly at: Host }
  | { readonly kind: "outside"; readonly at: Outside }
  | { readonly kind: "subnet"; readonly at: Subnet }
  | { readonly kind: "gateway"; readonly at: Gateway }
  | { readonly kind: "balancer"; readonly at: Balancer };

/** The way of one connection through a network, from its client to where it ends. */
export interface Path {
  /** Whether it leads to the host that is asked for. */
  readonly open: boolean;
  /** As far as it leads. */
  readonly hops: readonly Hop[];
  /** Why it leads no further; empty if it is open. */
  readonly because: string;
}

export interface Question {
  readonly from: Place;
  readonly to: Place;
  readonly protocol: Protocol;
  readonly port: number;
  readonly version: IpVersion;
}

/** The path in one line: `the Internet (198.51.100.1) > public-a > balancer in public-a`. */
export function pathText(hops: readonly Hop[]): string {
  return hops
    .map(({ kind, at }) => (kind === "outside" ? `${at.name} (${at.address})` : at.name))
    .join(" > ");
}

/** Whether a place is no host of the topology. */
export function isOutside(place: Place): place is Outside {
  return "outside" in place;
}

/**
 * Every path that the connection could take: one within a network and outwards, and from outside one for each balancer that
 * passes packets through, besides the direct one.
 */
export function findPaths(topology: Topology, question: Question): readonly Path[] {
  const { from, to } = question;
  if (isOutside(from)) return isOutside(to) ? [] : inwards(topology, question, from, to);
  if (!isOutside(to)) return [within(topology, question, from, to)];
  // Names, metadata and the like, which the cloud gives each host: no route and no filter concerns them.
  if (serviceAt(topology, to.address)?.connectsTo === "everyHost") return [];
  return [outwards(topology, question, from, to)];
}

class Walk {
  readonly #topology: Topology;
  readonly #question: Question;
  readonly hops: Hop[] = [];

  constructor(topology: Topology, question: Question) {
    this.#topology = topology;
    this.#question = question;
  }

  to(...hops: readonly Hop[]): this {
    this.hops.push(...hops);
    return this;
  }

  /** The first filter of the host or its subnet that refuses; in the order in which a packet meets them. */
  refusal(host: Host, direction: "in" | "out", own: string, peer: string): string | undefined {
    const subnet = byId(this.#topology.subnets, host.subnet);
    const filters =
      direction === "in" ? [...subnet.filters, ...host.filters] : [...host.filters, ...subnet.filters];
    const { protocol, port } = this.#question;
    const verdicts = filters.map((filter) => judge(filter, { direction, protocol, port, peer, own }));
    return verdicts.find(({ allowed }) => !allowed)?.because;
  }

  arrived(): Path {
    return { open: true, hops: this.hops, because: "" };
  }

  stopped(because: string): Path {
    return { open: false, hops: this.hops, because };
  }
}

function within(topology: Topology, question: Question, from: Host, to: Host): Path {
  const walk = new Walk(topology, question);
  const subnets = [byId(topology.subnets, from.subnet), byId(topology.subnets, to.subnet)] as const;
  walk.to({ kind: "host", at: from }, { kind: "subnet", at: subnets[0] });
  const source = addressOf(from, question.version);
  const destination = addressOf(to, question.version);
  if (!source || !destination)
    return walk.stopped(`${source ? to.name : from.name} has no IPv${question.version} address`);
  const refused = walk.refusal(from, "out", source, destination);
  if (refused) return walk.stopped(refused);
  if (subnets[0].network !== subnets[1].network || routeTo(subnets[0], destination)?.to !== "local") {
    return walk.stopped(`no local route from ${subnets[0].name} to ${destination}`);
  }
  if (subnets[0] !== subnets[1]) walk.to({ kind: "subnet", at: subnets[1] });
  const denied = walk.refusal(to, "in", destination, source);
  if (denied) return walk.stopped(denied);
  return walk.to({ kind: "host", at: to }).arrived();
}

function outwards(topology: Topology, question: Question, from: Host, to: Outside): Path {
  const walk = new Walk(topology, question);
  const subnet = byId(topology.subnets, from.subnet);
  walk.to({ kind: "host", at: from }, { kind: "subnet", at: subnet });
  const source = addressOf(from, question.version);
  if (!source) return walk.stopped(`${from.name} has no IPv${question.version} address`);
  const refused = walk.refusal(from, "out", source, to.address);
  if (refused) return walk.stopped(refused);
  let gateway = gatewayTo(topology, subnet, to.address);
  if (gateway) walk.to({ kind: "gateway", at: gateway });
  let translated = from.publicOver.includes(question.version);
  if (gateway?.kind === "nat") {
    translated = true;
    if (gateway.subnet === undefined) return walk.to({ kind: "outside", at: to }).arrived();
    const natSubnet = byId(topology.subnets, gateway.subnet);
    gateway = gatewayTo(topology, natSubnet, to.address);
    walk.to({ kind: "subnet", at: natSubnet });
    if (gateway?.kind !== "internet")
      return walk.stopped(`${natSubnet.name} has no route to an internet gateway`);
    walk.to({ kind: "gateway", at: gateway });
  }
  if (!gateway) return walk.stopped(`${subnet.name} has no route to ${to.address}`);
  if (gateway.kind === "internet" && !translated) {
    return walk.stopped(`${from.name} has no public IPv${question.version} address`);
  }
  return walk.to({ kind: "outside", at: to }).arrived();
}

function inwards(topology: Topology, question: Question, from: Outside, to: Host): readonly Path[] {
  // What is part of the cloud comes to each host, not to the balancer's address.
  if (serviceAt(topology, from.address)?.connectsTo === "everyHost") {
    return [direct(topology, question, from, to)];
  }
  const passing = topology.balancers.filter((balancer) => passes(balancer, question, to));
  const through = passing.map((balancer) => {
    const walk = new Walk(topology, question);
    const subnet = byId(topology.subnets, to.subnet);
    walk.to(
      { kind: "outside", at: from },
      { kind: "balancer", at: balancer },
      { kind: "subnet", at: subnet },
    );
    return enter(walk, question, from, to);
  });
  return [direct(topology, question, from, to), ...through];
}

/** Whether the balancer hands packets that the question is about on to the host. */
function passes({ mode, publicOver, listeners, forwards = [] }: Balancer, question: Question, to: Host) {
  const { version, protocol, port } = question;
  const backends = listeners.flatMap(({ backend, ...listener }) =>
    backend ? [{ ...backend, protocol: listener.protocol }] : [],
  );
  return (
    mode === "passThrough" &&
    publicOver.includes(version) &&
    [...backends, ...forwards].some(
      (target) => target.protocol === protocol && target.port === port && target.hosts.includes(to.id),
    )
  );
}

function direct(topology: Topology, question: Question, from: Outside, to: Host): Path {
  const walk = new Walk(topology, question);
  const subnet = byId(topology.subnets, to.subnet);
  walk.to({ kind: "outside", at: from });
  if (serviceAt(topology, from.address)?.connectsTo === "everyHost") {
    return enter(walk.to({ kind: "subnet", at: subnet }), question, from, to);
  }
  if (!to.publicOver.includes(question.version)) {
    return walk.stopped(`${to.name} has no public IPv${question.version} address`);
  }
  if (byId(topology.networks, subnet.network).answersByPublicAddress) {
    return enter(walk.to({ kind: "subnet", at: subnet }), question, from, to);
  }
  // The answer takes the subnet's route: without one through the internet gateway no connection comes about.
  const gateway = gatewayTo(topology, subnet, from.address);
  if (gateway?.kind !== "internet")
    return walk.stopped(`${subnet.name} has no route back to ${from.address}`);
  walk.to({ kind: "gateway", at: gateway }, { kind: "subnet", at: subnet });
  return enter(walk, question, from, to);
}

function enter(walk: Walk, { version }: Question, from: Outside, to: Host): Path {
  const destination = addressOf(to, version);
  if (!destination) return walk.stopped(`${to.name} has no IPv${version} address`);
  const denied = walk.refusal(to, "in", destination, from.address);
  return denied ? walk.stopped(denied) : walk.to({ kind: "host", at: to }).arrived();
}

/** The address of one IP version that the host has in its subnet. */
function addressOf(host: Host, version: IpVersion): string | undefined {
  return host.addresses.find((address) => versionOf(address) === version);
}

function routeTo(subnet: Subnet, address: string): Route | undefined {
  return subnet.routes
    .filter(({ prefix }) => holds(prefix, address))
    .toSorted((a, b) => prefixLength(b.prefix) - prefixLength(a.prefix))[0];
}

function gatewayTo(topology: Topology, subnet: Subnet, address: string): Gateway | undefined {
  const route = routeTo(subnet, address);
  return route && route.to !== "local" ? byId(topology.gateways, route.to) : undefined;
}

/** The service that has the address; of several the first. */
export function serviceAt({ services }: Topology, address: string): Service | undefined {
  return services.find(({ prefixes }) => prefixes.some((prefix) => holds(prefix, address)));
}

/** Whether an address lies in the network: such a one is nowhere in the Internet. */
export function isInside(networks: readonly Network[], address: string): boolean {
  return networks.some(({ prefixes }) => prefixes.some((prefix) => holds(prefix, address)));
}
