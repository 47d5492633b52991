/** Everything in a topology that can open a connection to anything. */

import { type Hop, type Place, pathText, trace } from "./path.ts";
import { outsidePlaces, portRanges } from "./samples.ts";
import {
  ALL_PORTS,
  type IpVersion,
  type PortRange,
  PROTOCOLS,
  type Protocol,
  type Topology,
} from "./topology.ts";

/** A connection that can be opened, with the way that it takes. */
export interface Connection {
  readonly from: Place;
  readonly to: Place;
  readonly version: IpVersion;
  readonly protocol: Protocol;
  /** The destination's. */
  readonly ports: PortRange;
  readonly path: readonly Hop[];
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
          trace(topology, { from, to, protocol, port: ports.first, version })
            .filter((answer) => answer.open)
            .map(({ path }) => ({ from, to, version, protocol, ports, path })),
        );
        return joinRanges(open);
      }),
    );
  });
}

/** Adjacent port ranges that take the same way are one. */
function joinRanges(open: readonly Connection[]): readonly Connection[] {
  const joined: Connection[] = [];
  for (const connection of open) {
    const at = joined.findIndex(
      ({ path, ports }) =>
        ports.last + 1 === connection.ports.first && pathText(path) === pathText(connection.path),
    );
    const before = joined[at];
    if (before) joined[at] = { ...before, ports: { first: before.ports.first, last: connection.ports.last } };
    else joined.push(connection);
  }
  return joined;
}

/** One line: `TCP 80 over IPv4: the Internet (198.51.100.1) > internet gateway > public-a > balancer in public-a`. */
export function connectionText({ protocol, ports, version, path }: Connection): string {
  const all = ports.first === ALL_PORTS.first && ports.last === ALL_PORTS.last;
  const range = ports.first === ports.last ? ` ${ports.first}` : ` ${ports.first}-${ports.last}`;
  return `${protocol.toUpperCase()}${all ? "" : range} over IPv${version}: ${pathText(path)}`;
}
