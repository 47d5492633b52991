/** Virtual networks, subnets and ways out of recorded resources, in the cloud-neutral model. */
import { byId, type Gateway, type Network, type Route, type Subnet } from "../reachability/topology.ts";
import type { RecordedResource } from "../recorder/monitor.ts";
import {
  idOf,
  list,
  nested,
  objects,
  ofType,
  type Records,
  referred,
  text,
  UntranslatableError,
} from "../recorder/records.ts";
import { azureName } from "./ids.ts";
import { isTranslatedByBalancer, networkInterfacesOf } from "./network-interfaces.ts";
import * as types from "./types/tokens.ts";

/** A subnet before its security group is resolved. */
export interface GroupedSubnet extends Omit<Subnet, "filters"> {
  /** The ID of its network security group. */
  readonly group: string | undefined;
}

/** The virtual networks. Tags such as `VirtualNetwork` mean the one that a network interface is in: here there is no more than one. */
export function translateNetworks(records: Records): readonly Network[] {
  const networks = ofType(records, types.VIRTUAL_NETWORK);
  const [, another] = networks;
  if (another) throw new UntranslatableError(another, "several virtual networks");
  return networks.map((network) => ({
    id: idOf(network),
    name: network.name,
    prefixes: prefixesOf(network, list(network, "addressPrefixes", nested(network.inputs["addressSpace"]))),
    answersByPublicAddress: true,
  }));
}

/** The subnets, each with Azure's own routes: to the network, and to one way out. */
export function translateSubnets(records: Records, networks: readonly Network[]): readonly GroupedSubnet[] {
  return ofType(records, types.SUBNET).map((subnet) => {
    const network = networkOf(records, subnet);
    const local = byId(networks, idOf(network)).prefixes.map((prefix) => ({ prefix, to: "local" }));
    return {
      id: idOf(subnet),
      name: subnet.name,
      network: idOf(network),
      zone: undefined,
      prefixes: prefixesOf(subnet, [
        ...list(subnet, "addressPrefixes"),
        ...[text(subnet, "addressPrefix")].filter((prefix) => prefix !== undefined),
      ]),
      routes: [...local, routeOut(records, subnet, network)],
      group: text(subnet, "id", nested(subnet.inputs["networkSecurityGroup"])),
    };
  });
}

function networkOf(records: Records, subnet: RecordedResource): RecordedResource {
  const name = text(subnet, "virtualNetworkName");
  const found = ofType(records, types.VIRTUAL_NETWORK).find((network) => azureName(network) === name);
  if (!found) throw new UntranslatableError(subnet, `lies in ${name}, of which nothing is known`);
  return found;
}

/**
 * The NAT gateway, or else what serves network interfaces without one: their public addresses; where the subnet doesn't refuse it,
 * Azure's default outbound access; and a load balancer, unless its rules refuse it.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access
 */
function routeOut(records: Records, subnet: RecordedResource, network: RecordedResource): Route {
  const nat = text(subnet, "id", nested(subnet.inputs["natGateway"]));
  if (nat !== undefined) {
    return { prefix: anywhere, to: idOf(referred(records, types.NAT_GATEWAY, nat, subnet)) };
  }
  const isUndeclared =
    subnet.inputs["defaultOutboundAccess"] !== false ||
    networkInterfacesOf(records).some(
      ({ subnetId, pools }) => subnetId === subnet.id && isTranslatedByBalancer(records, pools),
    );
  return { prefix: anywhere, to: isUndeclared ? undeclared(network) : internet(network) };
}

const anywhere = "0.0.0.0/0";

function internet(network: RecordedResource): string {
  return `${idOf(network)}/internet`;
}

function undeclared(network: RecordedResource): string {
  return `${idOf(network)}/undeclared`;
}

/** What leads out of the networks; only what a subnet's route names. */
export function translateGateways(records: Records, subnets: readonly GroupedSubnet[]): readonly Gateway[] {
  const all = ofType(records, types.VIRTUAL_NETWORK).flatMap((network): readonly Gateway[] => [
    { id: internet(network), name: "public addresses", kind: "internet", network: idOf(network) },
    {
      id: undeclared(network),
      name: "undeclared outbound access",
      kind: "undeclared",
      network: idOf(network),
    },
    ...ofType(records, types.NAT_GATEWAY).map((nat) => {
      const addresses = objects(nat, "publicIpAddresses");
      if (addresses.length === 0) throw new UntranslatableError(nat, "has no public address");
      for (const address of addresses) referred(records, types.PUBLIC_ADDRESS, text(nat, "id", address), nat);
      return { id: idOf(nat), name: `NAT gateway ${nat.name}`, kind: "nat" as const, network: idOf(network) };
    }),
  ]);
  return all.filter(({ id }) => subnets.some(({ routes }) => routes.some(({ to }) => to === id)));
}

function prefixesOf(resource: RecordedResource, values: readonly unknown[]): readonly string[] {
  return values.map((prefix) => {
    if (typeof prefix !== "string" || !/^[\d.]+\/\d+$/.test(prefix)) {
      throw new UntranslatableError(resource, `${JSON.stringify(prefix)} is not a known IPv4 range`);
    }
    return prefix;
  });
}
