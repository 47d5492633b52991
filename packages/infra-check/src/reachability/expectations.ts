/** What both clouds' networks guarantee, as one list; each cloud's program is held to it in every configuration. */
import { versionOf } from "./address.ts";
import { type Connection, connections, connectionText } from "./connections.ts";
import type { Guarantees } from "./guarantees.ts";
import { findPaths, isOutside, type Outside, type Place, pathText } from "./path.ts";
import * as purpose from "./purposes.ts";
import { outsidePlaces } from "./samples.ts";
import { type Balancer, byId, type Host, type IpVersion, type Topology } from "./topology.ts";

interface Facts {
  readonly topology: Topology;
  readonly guarantees: Guarantees;
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
  "the Internet reaches nothing else": ({ open, topology, guarantees }) =>
    texts(
      open,
      ({ from }) => isOutside(from) && !purpose.isFromCloud(topology, from),
      (connection) =>
        purpose.isForClients(guarantees, connection) ||
        purpose.isForward(guarantees, connection) ||
        purpose.isShell(guarantees, connection),
    ),
  "the balancer listens on the ports that are open to clients, and on no other": listenersMatch,
  "the balancer reaches every instance on the instances' port": balancerReachesInstances,
  "the balancer leads to single instances where that is guaranteed, and nowhere else": forwardsMatch,
  "only the balancer reaches instances, on the declared ports, and a bastion where there is one": ({
    open,
    topology,
    guarantees,
  }) =>
    texts(
      open,
      ({ to }) => purpose.isRole(to, "instance"),
      (connection) =>
        purpose.isFromBalancer(topology, guarantees, connection) ||
        purpose.isForward(guarantees, connection) ||
        purpose.isShell(guarantees, connection),
    ),
  "no instance reaches another": ({ open }) =>
    texts(
      open,
      ({ from, to }) => purpose.isRole(from, "instance") && purpose.isRole(to, "instance"),
      () => false,
    ),
  "the balancer reaches nothing but instances": ({ open, guarantees }) =>
    texts(
      open,
      ({ from }) => purpose.isRole(from, "balancer"),
      (connection) =>
        purpose.isRole(connection.to, "instance") ||
        purpose.isOfBastion(guarantees, connection) ||
        (guarantees.balancerReachesOut === true && isOutside(connection.to)),
    ),
  "a bastion is there where it is guaranteed, opens shells on every instance, and reaches nothing else":
    bastionMatches,
  "instances reach the outside by the declared way only, on the declared ports": ({
    open,
    topology,
    guarantees,
  }) =>
    texts(
      open,
      ({ from, to }) => purpose.isRole(from, "instance") && isOutside(to),
      (connection) => purpose.isDeclaredWayOut(topology, guarantees, connection),
    ),
  "instances reach the cloud's endpoints on TCP 443 only, and nobody else does": ({ open }) =>
    texts(
      open,
      ({ to }) => purpose.isRole(to, "endpoint"),
      ({ from, protocol, ports }) =>
        purpose.isRole(from, "instance") && protocol === "tcp" && purpose.isWithin(ports, [443]),
    ),
  "every instance has the way out that is declared": instancesHaveWayOut,
};

/**
 * Holds a network to its guarantees.
 *
 * @example
 * for (const { title, violations } of expectations(translateAws(resources), GUARANTEES)) t.strictSame(violations, [], title);
 */
export function expectations(topology: Topology, guarantees: Guarantees): readonly Expectation[] {
  const further = [...guarantees.clientRanges, ...(guarantees.forwards?.ranges ?? [])];
  const facts = { topology, guarantees, open: connections(topology, further) };
  return Object.entries(sentences).map(([title, violations]) => ({ title, violations: violations(facts) }));
}

function clientsReachBalancer({ topology, guarantees, open }: Facts): readonly string[] {
  const versions = [...new Set(guarantees.clientRanges.map(versionOf))];
  return topology.balancers.flatMap((balancer) =>
    frontHosts(topology, balancer, guarantees).flatMap(({ host, port }) =>
      versions.flatMap((version) =>
        clients(topology, guarantees, version)
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
  guarantees: Guarantees,
): { host: Host; port: number }[] {
  if (balancer.mode === "proxy") {
    return balancer.hosts.flatMap((id) =>
      guarantees.clientPorts.map((port) => ({ host: byId(topology.hosts, id), port })),
    );
  }
  return purpose
    .backendsOf(balancer)
    .flatMap(({ hosts, port }) => hosts.map((id) => ({ host: byId(topology.hosts, id), port })));
}

function clients(topology: Topology, guarantees: Guarantees, version: IpVersion): readonly Outside[] {
  return outsidePlaces(topology, version, guarantees.clientRanges).filter(
    (place) => purpose.isClient(guarantees, place.address) && !purpose.isFromCloud(topology, place),
  );
}

function listenersMatch({ topology, guarantees }: Facts): readonly string[] {
  return topology.balancers.flatMap(({ name, listeners }) => {
    const ports = listeners.map(({ port }) => port).toSorted((a, b) => a - b);
    const guaranteed = guarantees.clientPorts.toSorted((a, b) => a - b);
    return String(ports) === String(guaranteed)
      ? []
      : [`${name} listens on ${ports}, guaranteed are ${guaranteed}`];
  });
}

function balancerReachesInstances({ topology, guarantees, open }: Facts): readonly string[] {
  const instances = topology.hosts.filter(({ role }) => role === "instance");
  return topology.balancers.flatMap((balancer) => {
    const backends = purpose.backendsOf(balancer);
    const unserved = instances
      .filter(
        ({ id }) =>
          !backends.some(({ hosts, port }) => port === guarantees.instancePort && hosts.includes(id)),
      )
      .map(({ name }) => `${balancer.name} sends no request to ${name} on port ${guarantees.instancePort}`);
    const unreached = balancer.hosts.flatMap((id) => {
      const from = byId(topology.hosts, id);
      return instances
        .filter(
          (to) => !open.some((connection) => isConnection(connection, from, to, 4, guarantees.instancePort)),
        )
        .map(
          (to) =>
            `TCP ${guarantees.instancePort}: ${blocked(topology, from, to, guarantees.instancePort, 4)}`,
        );
    });
    const unprobed = instances
      .filter(
        (to) =>
          balancer.prober !== undefined &&
          !open.some(
            (connection) =>
              connection.to === to &&
              purpose.isProber(topology, balancer, connection.from) &&
              purpose.isFromBalancer(topology, guarantees, connection),
          ),
      )
      .map(({ name }) => `${balancer.name} can't ask ${name} whether it is healthy`);
    return [...unserved, ...unreached, ...unprobed];
  });
}

function forwardsMatch({ topology, guarantees, open }: Facts): readonly string[] {
  const instances = topology.hosts.filter(({ role }) => role === "instance");
  return topology.balancers.flatMap(({ name, forwards = [] }) => {
    const stray = forwards
      .filter(({ port }) => port !== guarantees.forwards?.instancePort)
      .map(({ port }) => `${name} leads to port ${port} of single instances`);
    const narrow = forwards
      .filter(({ ports: { first, last }, hosts }) => last - first + 1 < hosts.length)
      .map(({ ports: { first, last } }) => `${name} has too few ports, ${first}-${last}, for its instances`);
    if (!guarantees.forwards) return [...stray, ...narrow];
    const { instancePort, ranges } = guarantees.forwards;
    const unled = instances
      .filter(({ id }) => !forwards.some(({ hosts, port }) => port === instancePort && hosts.includes(id)))
      .map((instance) => `${name} leads to no port ${instancePort} of ${instance.name}`);
    const shut = ranges.flatMap((range) => {
      const fromRange = { ...guarantees, forwards: { instancePort, ranges: [range] } };
      return instances
        .filter(
          (to) =>
            !open.some((connection) => connection.to === to && purpose.isForward(fromRange, connection)),
        )
        .map((to) => `${range} does not reach ${to.name} by ${name} on port ${instancePort}`);
    });
    return [...stray, ...narrow, ...unled, ...shut];
  });
}

function bastionMatches({ topology, guarantees, open }: Facts): readonly string[] {
  const further = texts(
    open,
    ({ from, to }) => purpose.isRole(from, "bastion") || (!isOutside(from) && purpose.isRole(to, "bastion")),
    (connection) => purpose.isShell(guarantees, connection) || purpose.isOfBastion(guarantees, connection),
  );
  const shut = topology.hosts
    .filter(({ role }) => role === "instance" && guarantees.bastion)
    .filter(
      (to) =>
        !open.some(
          (connection) =>
            connection.to === to && !isOutside(connection.from) && purpose.isShell(guarantees, connection),
        ),
    )
    .map(({ name }) => `no bastion opens a shell on ${name} by TCP ${purpose.shellPort}`);
  return [...further, ...shut];
}

function instancesHaveWayOut({ topology, guarantees, open }: Facts): readonly string[] {
  const endpoints = topology.hosts.filter(({ role }) => role === "endpoint");
  const served = (instance: Host): boolean => {
    const own = open.filter(({ from }) => from === instance);
    return guarantees.wayOut === "endpoints"
      ? endpoints.length > 0 && endpoints.every((endpoint) => own.some(({ to }) => to === endpoint))
      : own.some(({ to, hops }) => isOutside(to) && purpose.isNat(topology, guarantees, hops));
  };
  return topology.hosts
    .filter((host) => host.role === "instance" && !served(host))
    .map((instance) => `${instance.name} has no way out by ${guarantees.wayOut}`);
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
  return findPaths(topology, { from, to, protocol: "tcp", port, version })
    .map(({ hops, because }) => `${pathText(hops)} > stopped: ${because}`)
    .join("; ");
}
