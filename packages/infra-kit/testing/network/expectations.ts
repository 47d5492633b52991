/** What both clouds' networks promise, as one list; each cloud's program is held to it in every configuration. */
import { holds, versionOf } from "./address.ts";
import { type Connection, connections, connectionText } from "./connections.ts";
import { outsidePlaces } from "./samples.ts";
import { type Backend, type Balancer, byId, type Host, type IpVersion, type Topology } from "./topology.ts";
import { type Hop, type Outside, type Place, pathText, trace } from "./trace.ts";

/** What a configuration promises. */
export interface Promises {
  /** TCP ports on which clients reach the balancer. */
  readonly clientPorts: readonly number[];
  /** Who is a client: all of the Internet by default. The IP versions promised are those that occur. */
  readonly clientRanges: readonly string[];
  /** The TCP port of an instance that the balancer reaches. */
  readonly instancePort: number;
  /**
   * How instances reach the Internet: through any NAT gateway, through one of their own zone, or not at all, so that the
   * cloud's services are reached by endpoints only.
   */
  readonly wayOut: "nat" | "natOfZone" | "endpoints";
  /** TCP ports of the outside that instances reach. */
  readonly outPorts: readonly number[];
}

/** The usual promises; a configuration names what differs. */
export const PROMISES: Promises = {
  clientPorts: [80],
  clientRanges: ["0.0.0.0/0", "::/0"],
  instancePort: 80,
  wayOut: "nat",
  outPorts: [443],
};

interface Facts {
  readonly topology: Topology;
  readonly promises: Promises;
  /** Everything that is open. */
  readonly open: readonly Connection[];
}

/** A sentence that must hold, and what contradicts it: each line with the path of a connection, or where one ended. */
export interface Expectation {
  readonly title: string;
  readonly violations: readonly string[];
}

const sentences: Readonly<Record<string, (facts: Facts) => readonly string[]>> = {
  "clients reach the balancer on each of its ports, in each of its subnets": clientsReachBalancer,
  "the Internet reaches nothing else": ({ open, topology, promises }) =>
    texts(
      open,
      ({ from }) => isOutside(from),
      (connection) => isForClients(topology, promises, connection),
    ),
  "the balancer listens on the ports that are open to clients, and on no other": listenersMatch,
  "the balancer reaches every instance on the instances' port": balancerReachesInstances,
  "only the balancer reaches instances, and on that port only": ({ open, topology, promises }) =>
    texts(
      open,
      ({ to }) => isRole(to, "instance"),
      (connection) => isFromBalancer(topology, promises, connection),
    ),
  "no instance reaches another": ({ open }) =>
    texts(
      open,
      ({ from, to }) => isRole(from, "instance") && isRole(to, "instance"),
      () => false,
    ),
  "the balancer reaches nothing but instances": ({ open }) =>
    texts(
      open,
      ({ from }) => isRole(from, "balancer"),
      ({ to }) => isRole(to, "instance"),
    ),
  "instances reach the outside by the declared way only, on the declared ports": ({
    open,
    topology,
    promises,
  }) =>
    texts(
      open,
      ({ from, to }) => isRole(from, "instance") && isOutside(to),
      (connection) => isDeclaredWayOut(topology, promises, connection),
    ),
  "instances reach the cloud's endpoints on TCP 443 only, and nobody else does": ({ open }) =>
    texts(
      open,
      ({ to }) => isRole(to, "endpoint"),
      ({ from, protocol, ports }) => isRole(from, "instance") && protocol === "tcp" && isWithin(ports, [443]),
    ),
  "every instance has the way out that is declared": instancesHaveWayOut,
};

/**
 * Holds a network to its promises.
 *
 * @example
 * for (const { title, violations } of expectations(translateAws(resources), PROMISES)) t.strictSame(violations, [], title);
 */
export function expectations(topology: Topology, promises: Promises): readonly Expectation[] {
  const facts = { topology, promises, open: connections(topology, promises.clientRanges) };
  return Object.entries(sentences).map(([title, violations]) => ({ title, violations: violations(facts) }));
}

function clientsReachBalancer({ topology, promises, open }: Facts): readonly string[] {
  const versions = [...new Set(promises.clientRanges.map(versionOf))];
  return topology.balancers.flatMap((balancer) =>
    frontHosts(topology, balancer, promises).flatMap(({ host, port }) =>
      versions.flatMap((version) =>
        clients(topology, promises, version)
          .filter(
            (client) => !open.some((connection) => isConnection(connection, client, host, version, port)),
          )
          .map(
            (client) => `TCP ${port} over IPv${version}: ${blocked(topology, client, host, port, version)}`,
          ),
      ),
    ),
  );
}

/** Where a client's packets arrive: at the interfaces of a proxy, or at the instances behind. */
function frontHosts(
  topology: Topology,
  balancer: Balancer,
  promises: Promises,
): { host: Host; port: number }[] {
  if (balancer.mode === "proxy") {
    return balancer.hosts.flatMap((id) =>
      promises.clientPorts.map((port) => ({ host: byId(topology.hosts, id), port })),
    );
  }
  return backendsOf(balancer).flatMap(({ hosts, port }) =>
    hosts.map((id) => ({ host: byId(topology.hosts, id), port })),
  );
}

function backendsOf({ listeners }: Balancer): readonly Backend[] {
  return listeners.flatMap(({ backend }) => (backend ? [backend] : []));
}

function clients(topology: Topology, promises: Promises, version: IpVersion): readonly Outside[] {
  return outsidePlaces(topology, version, promises.clientRanges).filter(({ address }) =>
    isClient(promises, address),
  );
}

function listenersMatch({ topology, promises }: Facts): readonly string[] {
  return topology.balancers.flatMap(({ name, listeners }) => {
    const ports = listeners.map(({ port }) => port).toSorted((a, b) => a - b);
    const promised = promises.clientPorts.toSorted((a, b) => a - b);
    return String(ports) === String(promised)
      ? []
      : [`${name} listens on ${ports}, promised are ${promised}`];
  });
}

function balancerReachesInstances({ topology, promises, open }: Facts): readonly string[] {
  const instances = topology.hosts.filter(({ role }) => role === "instance");
  return topology.balancers.flatMap((balancer) => {
    const backends = backendsOf(balancer);
    const unserved = instances
      .filter(
        ({ id }) => !backends.some(({ hosts, port }) => port === promises.instancePort && hosts.includes(id)),
      )
      .map(({ name }) => `${balancer.name} sends no request to ${name} on port ${promises.instancePort}`);
    const unreached = balancer.hosts.flatMap((id) => {
      const from = byId(topology.hosts, id);
      return instances
        .filter(
          (to) => !open.some((connection) => isConnection(connection, from, to, 4, promises.instancePort)),
        )
        .map(
          (to) => `TCP ${promises.instancePort}: ${blocked(topology, from, to, promises.instancePort, 4)}`,
        );
    });
    return [...unserved, ...unreached];
  });
}

function isForClients(topology: Topology, promises: Promises, connection: Connection): boolean {
  const { from, to, protocol, ports } = connection;
  if (!isOutside(from) || !isClient(promises, from.address) || protocol !== "tcp") return false;
  return isRole(to, "balancer")
    ? isWithin(ports, promises.clientPorts)
    : isFromBalancer(topology, promises, connection);
}

function isFromBalancer(topology: Topology, promises: Promises, connection: Connection): boolean {
  const { from, to, protocol, ports, path } = connection;
  const isPassedOn = path.some(({ kind }) => kind === "balancer");
  const isOwn = topology.balancers.some(
    ({ hosts, listeners }) =>
      hosts.some((id) => byId(topology.hosts, id) === from) &&
      listeners.some(({ backend }) => backend?.hosts.some((id) => byId(topology.hosts, id) === to)),
  );
  return (isPassedOn || isOwn) && protocol === "tcp" && isWithin(ports, [promises.instancePort]);
}

function isDeclaredWayOut(
  topology: Topology,
  promises: Promises,
  { protocol, ports, path }: Connection,
): boolean {
  const isOut =
    path.some((hop) => hop.kind === "gateway" && hop.at.kind === "service") ||
    isNat(topology, promises, path);
  return isOut && protocol === "tcp" && isWithin(ports, promises.outPorts);
}

function isNat(topology: Topology, { wayOut }: Promises, path: readonly Hop[]): boolean {
  const nat = path.find((hop) => hop.kind === "gateway" && hop.at.kind === "nat");
  if (nat?.kind !== "gateway" || wayOut === "endpoints") return false;
  if (wayOut === "nat" || nat.at.subnet === undefined) return true;
  const subnet = path.find(({ kind }) => kind === "subnet");
  return subnet?.kind === "subnet" && subnet.at.zone === byId(topology.subnets, nat.at.subnet).zone;
}

function instancesHaveWayOut({ topology, promises, open }: Facts): readonly string[] {
  const endpoints = topology.hosts.filter(({ role }) => role === "endpoint");
  const served = (instance: Host): boolean => {
    const own = open.filter(({ from }) => from === instance);
    return promises.wayOut === "endpoints"
      ? endpoints.length > 0 && endpoints.every((endpoint) => own.some(({ to }) => to === endpoint))
      : own.some(({ to, path }) => isOutside(to) && isNat(topology, promises, path));
  };
  return topology.hosts
    .filter((host) => host.role === "instance" && !served(host))
    .map((instance) => `${instance.name} has no way out by ${promises.wayOut}`);
}

function texts(
  open: readonly Connection[],
  concerned: (connection: Connection) => boolean,
  allowed: (connection: Connection) => boolean,
): readonly string[] {
  return open.filter((connection) => concerned(connection) && !allowed(connection)).map(connectionText);
}

function isConnection(
  connection: Connection,
  from: Place,
  to: Place,
  version: IpVersion,
  port: number,
): boolean {
  const { ports } = connection;
  const isSame = isOutside(from)
    ? isOutside(connection.from) && connection.from.address === from.address
    : connection.from === from;
  return (
    isSame &&
    connection.to === to &&
    connection.version === version &&
    connection.protocol === "tcp" &&
    ports.first <= port &&
    port <= ports.last
  );
}

function blocked(topology: Topology, from: Place, to: Place, port: number, version: IpVersion): string {
  return trace(topology, { from, to, protocol: "tcp", port, version })
    .map(({ path, because }) => `${pathText(path)} > stopped: ${because}`)
    .join("; ");
}

function isClient({ clientRanges }: Promises, address: string): boolean {
  return clientRanges.some((range) => holds(range, address));
}

function isOutside(place: Place): place is Outside {
  return "outside" in place;
}

function isRole(place: Place, role: Host["role"]): boolean {
  return !isOutside(place) && place.role === role;
}

function isWithin({ first, last }: Connection["ports"], allowed: readonly number[]): boolean {
  const wanted = Array.from(
    { length: Math.min(last - first + 1, allowed.length + 1) },
    (_, index) => first + index,
  );
  return wanted.every((port) => allowed.includes(port));
}
