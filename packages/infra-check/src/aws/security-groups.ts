/** Security groups: allow lists, stateful, with groups as peers; a host's groups together are one filter. */
import type { Filter, FilterRule, Host, PortRange, Protocol, Service } from "../reachability/topology.ts";
import { ALL_PORTS } from "../reachability/topology.ts";
import type { RecordedResource } from "../recorder/monitor.ts";
import {
  idOf,
  ofType,
  type Records,
  referred,
  refuse,
  requiredText,
  text,
  UntranslatableError,
} from "../recorder/records.ts";
import type { GroupedHost } from "./hosts.ts";
import * as types from "./types/tokens.ts";

/** Turns the ids of groups into filters, and groups as peers into the addresses of their members. */
export function applySecurityGroups(
  records: Records,
  hosts: readonly GroupedHost[],
  services: readonly Service[],
): readonly Host[] {
  for (const group of [types.SECURITY_GROUP, types.DEFAULT_SECURITY_GROUP].flatMap((type) =>
    ofType(records, type),
  )) {
    refuse(group, ["ingress", "egress"], "rules are declared as resources of their own");
  }
  const members = hosts.map((host) => ({ ...host, groups: groupsOf(records, host) }));
  const addresses = (group: string): readonly string[] =>
    members.filter(({ groups }) => groups.includes(group)).flatMap((member) => member.addresses);
  const rulesOf = (group: string): readonly FilterRule[] =>
    group.startsWith(UNMANAGED)
      ? unmanagedDefault(group, addresses(group))
      : ruleRecords(records, group).map((rule) => translateRule(records, rule, addresses, services));

  return members.map(({ groups, network: _, owner: __, ...host }) => {
    const filter: Filter = {
      id: groups.join("+"),
      name: groups.map((group) => groupName(records, group)).join(" + "),
      rules: groups.flatMap(rulesOf),
    };
    return { ...host, filters: [filter] };
  });
}

/** Marks the default group of a VPC that the program left as AWS makes it. */
const UNMANAGED = "default group of ";

function groupsOf(records: Records, host: GroupedHost): readonly string[] {
  if (host.groups.length > 0) return host.groups;
  const managed = ofType(records, types.DEFAULT_SECURITY_GROUP).find(
    ({ inputs }) => inputs["vpcId"] === host.network,
  );
  return [managed ? idOf(managed) : `${UNMANAGED}${host.network}`];
}

function groupName(records: Records, group: string): string {
  const known = [types.SECURITY_GROUP, types.DEFAULT_SECURITY_GROUP].flatMap((type) => ofType(records, type));
  const found = known.find(({ id }) => id === group);
  if (!found && !group.startsWith(UNMANAGED))
    throw new Error(`Nothing is known of the security group ${group}`);
  return found?.name ?? group;
}

/** As AWS makes it: everything from its members, everything outwards. */
function unmanagedDefault(group: string, members: readonly string[]): readonly FilterRule[] {
  const rule = { action: "allow", protocol: "any", ports: [ALL_PORTS] } as const;
  return [
    { ...rule, name: `from members of ${group}`, direction: "in", peers: members },
    { ...rule, name: `to anywhere of ${group}`, direction: "out", peers: ["0.0.0.0/0", "::/0"] },
  ];
}

function ruleRecords(records: Records, group: string): Records {
  return [types.INGRESS_RULE, types.EGRESS_RULE]
    .flatMap((type) => ofType(records, type))
    .filter(({ inputs }) => inputs["securityGroupId"] === group);
}

function translateRule(
  records: Records,
  rule: RecordedResource,
  addressesOf: (group: string) => readonly string[],
  services: readonly Service[],
): FilterRule {
  const group = text(rule, "referencedSecurityGroupId");
  const list = text(rule, "prefixListId");
  if (group) referred(records, types.SECURITY_GROUP, group, rule);
  const service = services.find(({ id }) => id === list);
  if (list && !service)
    throw new UntranslatableError(rule, `the prefix list ${list}, of which nothing is known`);
  const ranges = [text(rule, "cidrIpv4"), text(rule, "cidrIpv6")].filter((prefix) => prefix !== undefined);
  return {
    name: rule.name,
    action: "allow",
    direction: rule.type === types.INGRESS_RULE ? "in" : "out",
    ...protocolAndPorts(rule),
    peers: [...ranges, ...(group ? addressesOf(group) : []), ...(service?.prefixes ?? [])],
  };
}

const protocols: Readonly<Record<string, Protocol | "any">> = {
  "-1": "any",
  all: "any",
  tcp: "tcp",
  "6": "tcp",
  udp: "udp",
  "17": "udp",
  icmp: "icmp",
  "1": "icmp",
  icmpv6: "icmp",
  "58": "icmp",
};

function protocolAndPorts(rule: RecordedResource): {
  protocol: Protocol | "any";
  ports: readonly PortRange[];
} {
  const protocol = protocols[requiredText(rule, "ipProtocol")];
  if (!protocol)
    throw new UntranslatableError(rule, `the protocol ${JSON.stringify(rule.inputs["ipProtocol"])}`);
  if (protocol === "any" || protocol === "icmp") return { protocol, ports: [ALL_PORTS] };
  const { fromPort: first, toPort: last } = rule.inputs;
  if (typeof first !== "number" || typeof last !== "number") {
    throw new UntranslatableError(rule, "fromPort and toPort should be known numbers");
  }
  return { protocol, ports: [first === -1 ? ALL_PORTS : { first, last }] };
}
