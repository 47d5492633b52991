/** What is open in a network, told in a few lines: connections of the same kinds of places by the same kinds of way. */
import { connections } from "../reachability/connections.ts";
import type { Hop, Place } from "../reachability/path.ts";
import type { Gateway, Topology } from "../reachability/topology.ts";

/** All connections between two kinds of places by one kind of way. */
export interface Flow {
  /** `the Internet`, the name of a service, or the role of a host. */
  readonly from: string;
  readonly to: string;
  /** The kind of gateway or balancer on the way, if there is one. */
  readonly via: Gateway["kind"] | "balancer" | undefined;
  /** Such as `TCP 80, 443`. */
  readonly ports: string;
  /** Such as `IPv4, IPv6`. */
  readonly versions: string;
}

/** The flows, inwards first. */
export function flowsOf(topology: Topology): readonly Flow[] {
  const answering = new Set(
    topology.services.filter(({ connectsTo }) => !connectsTo).map(({ name }) => name),
  );
  const groups = new Map<
    string,
    { flow: Pick<Flow, "from" | "to" | "via">; ports: Set<string>; versions: Set<string> }
  >();
  for (const { from, to, hops, protocol, ports, version } of connections(topology)) {
    // What the addresses of a service that only answers can do is what the rest of the Internet can.
    if (answering.has(kindOf(from))) continue;
    const flow = { from: kindOf(from), to: kindOf(to), via: viaOf(hops) };
    const key = JSON.stringify(flow);
    const group = groups.get(key) ?? { flow, ports: new Set(), versions: new Set() };
    const range = ports.first === ports.last ? `${ports.first}` : `${ports.first}-${ports.last}`;
    groups.set(key, group);
    group.ports.add(`${protocol.toUpperCase()} ${range}`);
    group.versions.add(`IPv${version}`);
  }
  return [...groups.values()].map(({ flow, ports, versions }) => ({
    ...flow,
    ports: [...ports].join(", ").replaceAll(", TCP ", ", "),
    versions: [...versions].toSorted().join(", "),
  }));
}

function kindOf(place: Place): string {
  return "outside" in place ? place.name : place.role;
}

function viaOf(hops: readonly Hop[]): Flow["via"] {
  const hop = hops.find(({ kind }) => kind === "gateway" || kind === "balancer");
  if (hop?.kind === "gateway") return hop.at.kind;
  return hop ? "balancer" : undefined;
}
