/**
 * Network security groups: a group on the subnet and one on the network interface must both let a packet pass.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
 */
import {
  ALL_PORTS,
  type Filter,
  type Host,
  type Network,
  type Service,
  type Subnet,
} from "../reachability/topology.ts";
import type { RecordedResource } from "../recorder/monitor.ts";
import { idOf, number, objects, ofType, type Records, UntranslatableError } from "../recorder/records.ts";
import type { GroupedHost } from "./hosts.ts";
import type { GroupedSubnet } from "./network.ts";
import { azuresOwn, translateRule } from "./security-rules.ts";
import { meanings, servicesBehind } from "./service-tags.ts";
import * as types from "./types/tokens.ts";

interface Filtered {
  readonly subnets: readonly Subnet[];
  readonly hosts: readonly Host[];
  readonly services: readonly Service[];
}

/** Turns the IDs of groups into filters, and finds the services that their rules name. */
export function applySecurityGroups(
  records: Records,
  networks: readonly Network[],
  subnets: readonly GroupedSubnet[],
  hosts: readonly GroupedHost[],
): Filtered {
  const groups = new Map(
    ofType(records, types.SECURITY_GROUP).map((group) => [
      idOf(group),
      translateGroup(group, networks, subnets),
    ]),
  );
  const filtersOf = (id: string | undefined, on: string): readonly Filter[] => {
    if (id === undefined) return [];
    const filter = groups.get(id);
    if (!filter) throw new Error(`Nothing is known of the security group ${id}, which is on ${on}`);
    return [filter];
  };
  const isOpen = (id: string) => subnets.some((subnet) => subnet.id === id && subnet.group === undefined);
  return {
    subnets: subnets.map(({ group, ...subnet }) => ({ ...subnet, filters: filtersOf(group, subnet.name) })),
    hosts: hosts.map(({ group, owner: _, pools: __, ...host }) => ({
      ...host,
      filters:
        group === undefined && isOpen(host.subnet)
          ? [withoutGroup(host, networks)]
          : filtersOf(group, host.name),
    })),
    services: servicesBehind(tagsOf(records)),
  };
}

function translateGroup(
  group: RecordedResource,
  networks: readonly Network[],
  subnets: readonly GroupedSubnet[],
): Filter {
  const rules = objects(group, "securityRules")
    .toSorted((a, b) => number(group, "priority", a) - number(group, "priority", b))
    .map((rule) => translateRule(group, rule, networks, subnets));
  for (const direction of ["Inbound", "Outbound"]) {
    const priorities = objects(group, "securityRules")
      .filter((rule) => rule["direction"] === direction)
      .map(({ priority }) => priority);
    const twice = priorities.find((priority, index) => priorities.indexOf(priority) < index);
    if (twice !== undefined) {
      throw new UntranslatableError(group, `two rules of direction ${direction} with priority ${twice}`);
    }
  }
  return { id: idOf(group), name: group.name, rules: [...rules, ...azuresOwn(networks)] };
}

/**
 * What Azure does where there is no group, on the subnet or the network interface: everything may go out, and come from the network. A
 * Standard address or balancer lets nothing in from the Internet then; a gateway and a Bastion let everything in.
 */
function withoutGroup({ role }: Pick<Host, "role">, networks: readonly Network[]): Filter {
  const rule = { action: "allow", protocol: "any", ports: [ALL_PORTS] } as const;
  const name = "no security group";
  const { network, anything } = meanings(networks);
  const inward = role === "instance" ? network : anything;
  return {
    id: name,
    name,
    rules: [
      { ...rule, ...inward, name: "inbound", direction: "in" },
      { ...rule, ...anything, name: "outbound", direction: "out" },
    ],
  };
}

function tagsOf(records: Records): ReadonlySet<string> {
  const rules = ofType(records, types.SECURITY_GROUP).flatMap((group) => objects(group, "securityRules"));
  return new Set(
    rules
      .flatMap((rule) => [rule["sourceAddressPrefix"], rule["destinationAddressPrefix"]])
      .filter((prefix) => typeof prefix === "string"),
  );
}
