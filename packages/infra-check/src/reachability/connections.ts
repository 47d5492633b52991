/** Everything in a topology that can open a connection to anything. */

import { findPaths, type Hop, type Place, pathText } from "./path.ts";
import { outsidePlaces, portRanges } from "./samples.ts";
import {
  ALL_PORTS,
  type IpVersion,
  type PortRange,
  PROTOCOLS,
  type Protocol,
  type Topology,
} from "./topology.ts";

/** A connection that can be opened, with the path that it takes. */
export interface Connection {
  readonly from: Place;
  readonly to: Place;
  readonly version: IpVersion;
  readonly protocol: Protocol;
  /** The destination's. */
  readonly ports: PortRange;
  readonly hops: readonly Hop[];
}

/**
 * All open connections between hosts, and between a host and the outside. Holds for every address and every port: see
 * {@link outsidePlaces}. That nothing listens on an open port doesn't close it.
 *
 * @param further prefixes outside that are to be told apart, besides those of which the topology speaks
 */
export function connections(topology: Topology, further: readonly string[] = []): readonly Connection[] {
  const ranges = portRanges(topology);
  return ([4, 6] as const).flatMap((version) => {
    const places = [...outsidePlaces(topology, version, further), ...topology.hosts];
    const pairs = places.flatMap((from) => places.filter((to) => to !== from).map((to) => ({ from, to })));
    return PROTOCOLS.flatMap((protocol) =>
      pairs.flatMap(({ from, to }) => {
        const questions = protocol === "icmp" ? [ALL_PORTS] : ranges;
        const open = questions.flatMap((ports) =>
          findPaths(topology, { from, to, protocol, port: ports.first, version })
            .filter((path) => path.open)
            .map(({ hops }) => ({ from, to, version, protocol, ports, hops })),
        );
        return joinRanges(open);
      }),
    );
  });
}

/** Adjacent port ranges that take the same path are one. */
function joinRanges(open: readonly Connection[]): readonly Connection[] {
  const joined: Connection[] = [];
  for (const connection of open) {
    const at = joined.findIndex(
      ({ hops, ports }) =>
        ports.last + 1 === connection.ports.first && pathText(hops) === pathText(connection.hops),
    );
    const before = joined[at];
    if (before) joined[at] = { ...before, ports: { first: before.ports.first, last: connection.ports.last } };
    else joined.push(connection);
  }
  return joined;
}

/** One line: `TCP 80 over IPv4: the Internet (198.51.100.1) > internet gateway > public-a > balancer in public-a`. */
export function connectionText({ protocol, ports, version, hops }: Connection): string {
  const all = ports.first === ALL_PORTS.first && ports.last === ALL_PORTS.last;
  const range = ports.first === ports.last ? ` ${ports.first}` : ` ${ports.first}-${ports.last}`;
  return `${protocol.toUpperCase()}${all ? "" : range} over IPv${version}: ${pathText(hops)}`;
}
