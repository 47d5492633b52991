/** Rules of network security groups: by priority, Azure's own after all others. */
import { holds, prefixLength } from "../reachability/address.ts";
import {
  ALL_PORTS,
  type FilterRule,
  type Network,
  type PortRange,
  type Protocol,
} from "../reachability/topology.ts";
import type { RecordedResource } from "../recorder/monitor.ts";
import { list, refuseOthers, requiredText, text, UntranslatableError } from "../recorder/records.ts";
import type { Properties } from "../recorder/value.ts";
import type { GroupedSubnet } from "./network.ts";
import { type Meant, meaningOf, meanings } from "./service-tags.ts";

const protocols: Readonly<Record<string, Protocol | "any">> = {
  "*": "any",
  tcp: "tcp",
  udp: "udp",
  icmp: "icmp",
};
const directions: Readonly<Record<string, "in" | "out">> = { Inbound: "in", Outbound: "out" };
const actions: Readonly<Record<string, "allow" | "deny">> = { Allow: "allow", Deny: "deny" };

const ends = ["source", "destination"].flatMap((end) =>
  ["AddressPrefix", "AddressPrefixes", "PortRange", "PortRanges"].map((what) => `${end}${what}`),
);

/**
 * A rule of a group.
 *
 * @throws {UntranslatableError} if it goes by something else than ranges, known tags and the receiver's ports
 */
export function translateRule(
  group: RecordedResource,
  rule: Properties,
  networks: readonly Network[],
  subnets: readonly GroupedSubnet[],
): FilterRule {
  refuseOthers(group, ["name", "description", "priority", "direction", "access", "protocol", ...ends], rule);
  const name = `${rule["priority"]} ${requiredText(group, "name", rule)}`;
  const direction = directions[requiredText(group, "direction", rule)];
  const action = actions[requiredText(group, "access", rule)];
  const protocol = protocols[requiredText(group, "protocol", rule).toLowerCase()];
  if (!direction || !action || !protocol) {
    throw new UntranslatableError(group, `direction, access or protocol of the rule ${name}`);
  }
  if (both(group, rule, "sourcePortRange").join() !== "*") {
    throw new UntranslatableError(group, `the rule ${name} goes by ports of the sender`);
  }
  const end = (prefix: string) => meant(group, name, both(group, rule, prefix), networks, subnets);
  const [far, near] =
    direction === "in"
      ? [end("sourceAddressPrefix"), end("destinationAddressPrefix")]
      : [end("destinationAddressPrefix"), end("sourceAddressPrefix")];
  const ports = both(group, rule, "destinationPortRange").map((range) => portsOf(group, name, range));
  // The near end is an address of the network, and so never in what is but outside of it.
  return { name, action, direction, protocol, ports, ...far, own: near.except ? [] : near.peers };
}

/** A property that has one form for one value and another for several; one of the two must be there. */
function both(group: RecordedResource, rule: Properties, name: string): readonly string[] {
  const plural = name.endsWith("Prefix") ? `${name}es` : `${name}s`;
  const several = list(group, plural, rule).map((value) => {
    if (typeof value !== "string")
      throw new UntranslatableError(group, `${plural} of the rule ${rule["name"]}`);
    return value;
  });
  const one = text(group, name, rule);
  const values = one === undefined ? several : [...several, one];
  if (values.length === 0)
    throw new UntranslatableError(group, `${name} of the rule ${rule["name"]} should be set`);
  return values;
}

function meant(
  group: RecordedResource,
  rule: string,
  values: readonly string[],
  networks: readonly Network[],
  subnets: readonly GroupedSubnet[],
): Meant {
  // Azure takes one tag, or any number of ranges.
  const [tag] = values.map((value) => meaningOf(value, networks));
  if (tag && values.length === 1) return tag;
  for (const value of values) {
    if (!/^[\d.]+(\/\d+)?$/.test(value)) {
      throw new UntranslatableError(group, `the rule ${rule} names ${value}, of which nothing is known`);
    }
    const part = subnets
      .flatMap(({ prefixes }) => prefixes)
      .find((prefix) => holds(prefix, value) && prefixLength(value) > prefixLength(prefix));
    if (part) {
      throw new UntranslatableError(group, `the rule ${rule} names ${value}, a part of the subnet ${part}`);
    }
  }
  return { peers: values };
}

function portsOf(group: RecordedResource, rule: string, range: string): PortRange {
  if (range === "*") return ALL_PORTS;
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
  if (first === undefined) throw new UntranslatableError(group, `the ports ${range} of the rule ${rule}`);
  return { first: Number(first), last: Number(last) };
}

/** The rules that every group ends with. */
export function azuresOwn(networks: readonly Network[]): readonly FilterRule[] {
  const { network, internet, probes, anything } = meanings(networks);
  const rule = { protocol: "any", ports: [ALL_PORTS] } as const;
  const own = network.peers;
  return [
    { ...rule, ...network, name: "65000 of Azure", direction: "in", action: "allow", own },
    { ...rule, ...probes, name: "65001 of Azure", direction: "in", action: "allow" },
    { ...rule, ...anything, name: "65500 of Azure", direction: "in", action: "deny" },
    { ...rule, ...network, name: "65000 of Azure", direction: "out", action: "allow", own },
    { ...rule, ...internet, name: "65001 of Azure", direction: "out", action: "allow" },
    { ...rule, ...anything, name: "65500 of Azure", direction: "out", action: "deny" },
  ];
}
