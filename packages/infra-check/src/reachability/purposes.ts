/** What an open connection is for, of the things that are guaranteed. */
import { holds } from "./address.ts";
import type { Connection } from "./connections.ts";
import type { Guarantees } from "./guarantees.ts";
import { type Hop, isOutside, type Place, serviceAt } from "./path.ts";
import { type Backend, type Balancer, byId, type Host, type Topology } from "./topology.ts";

/** The port of a bastion that the Internet reaches, and the port of instances that it opens shells on. */
const bastionPort = 443;
export const shellPort = 22;

/** The ports that Azure demands to be open to the network for a bastion's own parts to reach each other. */
const bastionParts = [5701, 8080];

/** A request of a client, at a balancer that is a proxy or behind one that passes packets through. */
export function isForClients(guarantees: Guarantees, connection: Connection): boolean {
  const { from, to, protocol, ports } = connection;
  if (!isOutside(from) || !isClient(guarantees, from.address) || protocol !== "tcp") return false;
  return isRole(to, "balancer")
    ? isWithin(ports, guarantees.clientPorts)
    : isPassedOn(connection) && isWithin(ports, [guarantees.instancePort]);
}

/** A request that a balancer sends or passes on to an instance, or its question whether the instance is healthy. */
export function isFromBalancer(topology: Topology, guarantees: Guarantees, connection: Connection): boolean {
  const { from, to, protocol, ports } = connection;
  const isOwn = topology.balancers.some(
    (balancer) =>
      (balancer.hosts.some((id) => byId(topology.hosts, id) === from) ||
        isProber(topology, balancer, from)) &&
      backendsOf(balancer).some(({ hosts }) => hosts.some((id) => byId(topology.hosts, id) === to)),
  );
  return (
    (isPassedOn(connection) || isOwn) && protocol === "tcp" && isWithin(ports, [guarantees.instancePort])
  );
}

/** Whether a place is the one from where the cloud asks the balancer's backends whether they are healthy. */
export function isProber(topology: Topology, { prober }: Balancer, place: Place): boolean {
  return prober !== undefined && isOutside(place) && serviceAt(topology, place.address)?.id === prober;
}

/** What a forward of a balancer leads to one instance, from where that is guaranteed. */
export function isForward({ forwards }: Guarantees, connection: Connection): boolean {
  const { from, protocol, ports } = connection;
  return (
    forwards !== undefined &&
    isOutside(from) &&
    forwards.ranges.some((range) => holds(range, from.address)) &&
    isPassedOn(connection) &&
    protocol === "tcp" &&
    isWithin(ports, [forwards.instancePort])
  );
}

/** A shell that somebody asks a bastion for, or that it opens on an instance. */
export function isShell({ bastion }: Guarantees, { from, to, protocol, ports }: Connection): boolean {
  const isAsked = isOutside(from) && isRole(to, "bastion") && isWithin(ports, [bastionPort]);
  const isOpened = isRole(from, "bastion") && isRole(to, "instance") && isWithin(ports, [shellPort]);
  return bastion === true && protocol === "tcp" && (isAsked || isOpened);
}

/** What Azure demands of a bastion besides: its parts reach each other, its API, and the Internet for sessions. */
export function isOfBastion({ bastion }: Guarantees, { from, to, protocol, ports }: Connection): boolean {
  const isOut = isRole(from, "bastion") && isOutside(to) && protocol === "tcp" && isWithin(ports, [80, 443]);
  // The rule that Azure demands is for any protocol: of one without ports it may be taken to let everything pass.
  const isOfParts = protocol === "icmp" || isWithin(ports, bastionParts);
  const isParts = isRole(from, "balancer") && isRole(to, "bastion") && isOfParts;
  return bastion === true && (isOut || isParts);
}

/** What the cloud itself opens: it is no client, and nobody else can send as it. */
export function isFromCloud(topology: Topology, place: Place): boolean {
  return isOutside(place) && serviceAt(topology, place.address)?.connectsTo !== undefined;
}

/** What instances may reach outside, by the way that is declared. */
export function isDeclaredWayOut(
  topology: Topology,
  guarantees: Guarantees,
  { protocol, ports, hops }: Connection,
): boolean {
  const isOut =
    hops.some((hop) => hop.kind === "gateway" && hop.at.kind === "service") ||
    isNat(topology, guarantees, hops);
  return isOut && protocol === "tcp" && isWithin(ports, guarantees.outPorts);
}

/** Whether a path leads through a NAT gateway that is guaranteed. */
export function isNat(topology: Topology, { wayOut }: Guarantees, hops: readonly Hop[]): boolean {
  const nat = hops.find((hop) => hop.kind === "gateway" && hop.at.kind === "nat");
  if (nat?.kind !== "gateway" || wayOut === "endpoints") return false;
  if (wayOut === "nat" || nat.at.subnet === undefined) return true;
  const subnet = hops.find(({ kind }) => kind === "subnet");
  return subnet?.kind === "subnet" && subnet.at.zone === byId(topology.subnets, nat.at.subnet).zone;
}

/** Whether an address is one of clients. */
export function isClient({ clientRanges }: Guarantees, address: string): boolean {
  return clientRanges.some((range) => holds(range, address));
}

/** Whether a place is a host of that role. */
export function isRole(place: Place, role: Host["role"]): boolean {
  return !isOutside(place) && place.role === role;
}

/** Whether a range has no other ports than the allowed ones. */
export function isWithin({ first, last }: Connection["ports"], allowed: readonly number[]): boolean {
  const wanted = Array.from(
    { length: Math.min(last - first + 1, allowed.length + 1) },
    (_, index) => first + index,
  );
  return wanted.every((port) => allowed.includes(port));
}

function isPassedOn({ hops }: Connection): boolean {
  return hops.some(({ kind }) => kind === "balancer");
}

/** Where the balancer's listeners send requests. */
export function backendsOf({ listeners }: Balancer): readonly Backend[] {
  return listeners.flatMap(({ backend }) => (backend ? [backend] : []));
}
