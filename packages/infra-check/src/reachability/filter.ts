/** What a packet filter says about a connection. */
import { holds } from "./address.ts";
import type { Filter, FilterRule, Protocol } from "./topology.ts";

/** The opening of a connection as a filter sees it. */
export interface Attempt {
  readonly direction: "in" | "out";
  readonly protocol: Protocol;
  /** The destination's. */
  readonly port: number;
  /** The address of the far end. */
  readonly peer: string;
  /** The address of the host that the filter protects. */
  readonly own: string;
}

export interface Verdict {
  readonly allowed: boolean;
  /** The rule that decided, in words. */
  readonly because: string;
}

/** The first rule that matches decides; with none the connection is refused. ICMP has no ports. */
export function judge(filter: Filter, attempt: Attempt): Verdict {
  const rule = filter.rules.find((candidate) => matches(candidate, attempt));
  return {
    allowed: rule?.action === "allow",
    because: rule ? `${rule.name} of ${filter.name}` : `${filter.name} has no rule for it`,
  };
}

function matches(rule: FilterRule, { direction, protocol, port, peer, own }: Attempt): boolean {
  return (
    rule.direction === direction &&
    (rule.protocol === "any" || rule.protocol === protocol) &&
    (protocol === "icmp" || rule.ports.some(({ first, last }) => first <= port && port <= last)) &&
    rule.peers.some((prefix) => holds(prefix, peer)) &&
    (rule.own === undefined || rule.own.some((prefix) => holds(prefix, own))) &&
    !rule.except?.some((prefix) => holds(prefix, peer))
  );
}
