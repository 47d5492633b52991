/** The filters of a host, for nftables. They act where packets reach the host; a cloud's act before that. */
import {
  ALL_PORTS,
  type Filter,
  type FilterRule,
  type IpVersion,
  versionOf,
} from "@sorted/infra-check/reachability";

/**
 * A packet filter that lets a connection pass if all filters do.
 *
 * @param redirects ports of the host that lead to other ports of it, like published ports of a container engine
 */
export function packetFilter(
  filters: readonly Filter[],
  redirects: readonly { readonly from: number; readonly to: number }[] = [],
): string {
  const chains = (["in", "out"] as const).flatMap((direction) =>
    filters.map((filter, index) => filterChain(`${direction}_${index}`, filter, direction)),
  );
  const jumps = (direction: string): string =>
    filters.map((_, index) => `jump ${direction}_${index};`).join(" ");
  // A host's neighbours find it without asking a filter, in IPv6 by ICMP. Incoming packets are checked before a
  // redirection, by the port that they were sent to.
  const always = `
      ct state established,related accept
      icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, nd-router-advert } accept`;
  return `table inet filters {
    ${chains.join("\n    ")}
    chain incoming {
      type filter hook prerouting priority mangle; policy accept;
      iifname "lo" accept${always}
      ${jumps("in")}
    }
    chain outgoing {
      type filter hook output priority mangle; policy accept;
      oifname "lo" accept${always}
      ${jumps("out")}
    }
    chain published {
      type nat hook prerouting priority dstnat; policy accept;
      ${redirects.map(({ from, to }) => `tcp dport ${from} redirect to :${to}`).join("\n      ")}
    }
  }`;
}

function filterChain(name: string, { rules }: Filter, direction: "in" | "out"): string {
  const lines = rules
    .filter((rule) => rule.direction === direction)
    .flatMap((rule) => ([4, 6] as const).flatMap((version) => ruleLines(rule, version)));
  return `chain ${name} {\n      ${[...lines, "drop"].join("\n      ")}\n    }`;
}

function ruleLines(rule: FilterRule, version: IpVersion): readonly string[] {
  const [far, near] = rule.direction === "in" ? ["saddr", "daddr"] : ["daddr", "saddr"];
  const family = version === 4 ? "ip" : "ip6";
  const addresses = [
    match(`${family} ${far}`, rule.peers, version),
    rule.own && match(`${family} ${near}`, rule.own, version),
  ];
  if (addresses.includes(NOTHING)) return [];
  const others = match(`${family} ${far} !=`, rule.except ?? [], version);
  const end = [
    ...addresses,
    others === NOTHING ? undefined : others,
    rule.action === "allow" ? "return" : "drop",
  ];
  return protocols(rule, version).map((protocol) =>
    [`meta nfproto ipv${version}`, protocol, ...end].filter(Boolean).join(" "),
  );
}

/** A rule that no packet of the IP version matches. */
const NOTHING = "nothing";

/** A comparison with the prefixes of one IP version; empty if they hold every address. */
function match(what: string, prefixes: readonly string[], version: IpVersion): string {
  const own = prefixes.filter((prefix) => versionOf(prefix) === version);
  if (own.length === 0) return NOTHING;
  return own.some((prefix) => prefix.endsWith("/0")) ? "" : `${what} { ${own.join(", ")} }`;
}

/** ICMP has no ports. */
function protocols({ protocol, ports }: FilterRule, version: IpVersion): readonly string[] {
  const icmp = version === 4 ? "icmp" : "ipv6-icmp";
  const all = ports.some(({ first, last }) => first === ALL_PORTS.first && last === ALL_PORTS.last);
  const range = all ? "" : ` th dport { ${ports.map(({ first, last }) => `${first}-${last}`).join(", ")} }`;
  if (protocol === "any") return all ? [""] : [`meta l4proto { tcp, udp }${range}`, `meta l4proto ${icmp}`];
  return [protocol === "icmp" ? `meta l4proto ${icmp}` : `meta l4proto ${protocol}${range}`];
}
