/**
 * Few enough questions to ask all of them: addresses and ports between which no rule and no route draws a line get the same
 * answer, so one of each kind stands for all.
 */
import { edges, holds, isOfHost, versionOf } from "./address.ts";
import { isInside, type Outside, serviceAt } from "./path.ts";
import { ALL_PORTS, type IpVersion, type PortRange, type Topology } from "./topology.ts";

/** Any address of the Internet of which no rule speaks: from the ranges for documentation (RFC 5737, RFC 3849). */
const ANYWHERE: Readonly<Record<IpVersion, string>> = { 4: "198.51.100.1", 6: "2001:db8:ffff::1" };

/**
 * One address outside for each different set of prefixes (of rules, routes and services) that holds it.
 *
 * @param further prefixes that the question distinguishes besides
 */
export function outsidePlaces(
  topology: Topology,
  version: IpVersion,
  further: readonly string[] = [],
): readonly Outside[] {
  const filters = [...topology.hosts, ...topology.subnets].flatMap((place) => place.filters);
  const prefixes = [
    ...further,
    ...filters.flatMap(({ rules }) => rules.flatMap(({ peers, except = [] }) => [...peers, ...except])),
    ...topology.subnets.flatMap(({ routes }) => routes.map(({ prefix }) => prefix)),
    ...topology.services.flatMap((service) => service.prefixes),
  ];
  // In one order, whoever asks: what has the same prefixes gets the same addresses.
  const ofVersion = [...new Set(prefixes)].filter((prefix) => versionOf(prefix) === version).toSorted();
  const places = new Map<string, Outside>();
  for (const address of [ANYWHERE[version], ...ofVersion.flatMap(edges)]) {
    if (isInside(topology.networks, address) || !isOfHost(address)) continue;
    const kind = ofVersion.filter((prefix) => holds(prefix, address)).join();
    const name = serviceAt(topology, address)?.name ?? "the Internet";
    if (!places.has(kind)) places.set(kind, { outside: true, name, address });
  }
  return [...places.values()];
}

/** All ports, cut where a rule or a listener begins or ends. */
export function portRanges(topology: Topology): readonly PortRange[] {
  const filters = [...topology.hosts, ...topology.subnets].flatMap((place) => place.filters);
  const listeners = topology.balancers.flatMap((balancer) => balancer.listeners);
  const forwards = topology.balancers.flatMap((balancer) => balancer.forwards ?? []);
  const ranges = [
    ...filters.flatMap(({ rules }) => rules.flatMap(({ ports }) => ports)),
    ...[
      ...listeners.flatMap(({ port, backend }) => (backend ? [port, backend.port] : [port])),
      ...forwards.map(({ port }) => port),
    ].map((port) => ({ first: port, last: port })),
  ];
  const starts = [...new Set(ranges.flatMap(({ first, last }) => [first, last + 1]))]
    .filter((port) => port > ALL_PORTS.first && port <= ALL_PORTS.last)
    .toSorted((a, b) => a - b);
  return [ALL_PORTS.first, ...starts].map((first, index) => ({
    first,
    last: (starts[index] ?? ALL_PORTS.last + 1) - 1,
  }));
}
