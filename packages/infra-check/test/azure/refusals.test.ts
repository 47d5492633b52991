/**
 * Shows that whatever could open a path and is not understood is refused, by name, rather than ignored: a check that ignored
 * it could call an open path closed.
 */
import { test } from "tap";
import { declared } from "../../src/azure/cloud.ts";
import { translateAzure } from "../../src/azure/translate.ts";
import * as types from "../../src/azure/types/tokens.ts";
import { changed } from "../../src/recorder/declared.ts";
import type { RecordedResource } from "../../src/recorder/monitor.ts";
import { type Properties, UNKNOWN } from "../../src/recorder/value.ts";
import {
  bastionRecords,
  exampleRecords,
  gatewayRecords,
  machineRules,
  natRule,
  partOf,
  profile,
  requestRule,
  routing,
  rule,
} from "./example.ts";

const group = { resourceGroupName: "ServerVM" };

/** The example and one resource more. */
function more(type: string, inputs: Properties = {}): readonly RecordedResource[] {
  return [...exampleRecords, declared(`azure-native:${type}`, "added", { ...group, ...inputs })];
}

/** The example with other inputs of the resources of a type. */
function other(type: string, inputs: Properties): readonly RecordedResource[] {
  return changed(exampleRecords, { type }, inputs);
}

function otherGateway(inputs: Properties): readonly RecordedResource[] {
  return changed(gatewayRecords, { type: types.APPLICATION_GATEWAY }, inputs);
}

/** The example with one rule more. */
function ruled(given: Properties): readonly RecordedResource[] {
  return other(types.SECURITY_GROUP, { securityRules: [...machineRules, rule("added", 300, given)] });
}

/** The example with other rules of its balancer. */
function balanced(given: Properties): readonly RecordedResource[] {
  return other(types.LOAD_BALANCER, { loadBalancingRules: [{ ...requestRule, ...given }] });
}

function withNetworkInterface(
  networkInterface: Properties,
  ipConfiguration: Properties = {},
): readonly RecordedResource[] {
  return other(types.SCALE_SET, profile(networkInterface, ipConfiguration));
}

/** What is refused, and what the message must name. */
const refusals: readonly [records: readonly RecordedResource[], message: RegExp][] = [
  [more("network:VirtualNetworkPeering"), /VirtualNetworkPeering "added": .* paths/],
  [more("network:RouteTable"), /RouteTable "added"/],
  [more("network:SecurityRule"), /SecurityRule "added"/],
  [more("network:PrivateEndpoint"), /PrivateEndpoint "added"/],
  [more("network:VirtualNetworkGateway"), /VirtualNetworkGateway "added"/],
  [more("network:NetworkInterface"), /NetworkInterface "added"/],
  [more("compute:VirtualMachine"), /VirtualMachine "added"/],
  [more("app:ManagedEnvironment", { vnetConfiguration: "subnet" }), /vnetConfiguration is not understood/],
  [more("network:VirtualNetwork"), /several virtual networks/],
  [other(types.VIRTUAL_NETWORK, { subnets: [{ name: "inline" }] }), /subnets is not understood/],
  [
    other(types.VIRTUAL_NETWORK, { virtualNetworkPeerings: [{ name: "p" }] }),
    /virtualNetworkPeerings is not/,
  ],
  [
    other(types.VIRTUAL_NETWORK, { addressSpace: { addressPrefixes: [UNKNOWN] } }),
    /is not a known IPv4 range/,
  ],
  [other(types.SUBNET, { addressPrefix: "fd00::/64" }), /"fd00::\/64" is not a known IPv4 range/],
  [other(types.SUBNET, { routeTable: { id: "table" } }), /routeTable is not understood/],
  [other(types.SUBNET, { serviceEndpoints: [{ service: "Microsoft.Storage" }] }), /serviceEndpoints is not/],
  [other(types.SUBNET, { virtualNetworkName: "elsewhere" }), /lies in elsewhere, of which nothing is known/],
  [other(types.SUBNET, { natGateway: { id: "nat" } }), /NatGateway "nat", of which nothing is known/],
  [
    other(types.SUBNET, { networkSecurityGroup: { id: "group" } }),
    /security group group, which is on machines/,
  ],
  [other(types.NAT_GATEWAY, { publicIpAddresses: [] }), /"nat": has no public address/],
  [other(types.NAT_GATEWAY, { publicIpPrefixes: [{ id: "p" }] }), /publicIpPrefixes is not understood/],
  [other(types.PUBLIC_ADDRESS, { publicIPAddressVersion: "IPv6" }), /of another version than IPv4/],

  [ruled({ priority: 100 }), /two rules of direction Inbound with priority 100/],
  [ruled({ priority: "300" }), /priority should be a known number/],
  [ruled({ direction: "Sideways" }), /direction, access or protocol of the rule 300 added/],
  [ruled({ access: "Maybe" }), /direction, access or protocol/],
  [ruled({ protocol: "Esp" }), /direction, access or protocol/],
  [ruled({ sourcePortRange: "1024-65535" }), /300 added goes by ports of the sender/],
  [ruled({ sourceApplicationSecurityGroups: [{ id: "a" }] }), /sourceApplicationSecurityGroups is not/],
  [
    ruled({ sourceAddressPrefix: "Storage.WestEurope" }),
    /names Storage\.WestEurope, of which nothing is known/,
  ],
  [
    ruled({ sourceAddressPrefix: "10.0.0.9/32" }),
    /names 10\.0\.0\.9\/32, a part of the subnet 10\.0\.0\.0\/24/,
  ],
  [ruled({ destinationAddressPrefix: "10.0.0.9" }), /names 10\.0\.0\.9, a part of the subnet/],
  [ruled({ sourceAddressPrefix: null }), /sourceAddressPrefix of the rule added should be set/],
  [
    ruled({ sourceAddressPrefix: null, sourceAddressPrefixes: [7] }),
    /sourceAddressPrefixes of the rule added/,
  ],
  [ruled({ destinationPortRange: "http" }), /the ports http of the rule 300 added/],

  [other(types.LOAD_BALANCER, { sku: { name: "Basic" } }), /of another kind than Standard/],
  [other(types.LOAD_BALANCER, { inboundNatPools: [{ name: "pool" }] }), /inboundNatPools is not understood/],
  [other(types.LOAD_BALANCER, { outboundRules: [{ name: "out" }] }), /outboundRules is not understood/],
  [
    other(types.LOAD_BALANCER, {
      backendAddressPools: [{ name: "machines", loadBalancerBackendAddresses: [{}] }],
    }),
    /loadBalancerBackendAddresses is not understood/,
  ],
  [
    other(types.LOAD_BALANCER, {
      frontendIPConfigurations: [{ name: "public", publicIPPrefix: { id: "x" } }],
    }),
    /"balancer": publicIPPrefix is not understood/,
  ],
  [balanced({ enableFloatingIP: true }), /enableFloatingIP is not understood/],
  [balanced({ protocol: "All" }), /a rule for the protocol All/],
  [balanced({ backendPort: 8080 }), /a probe of another port than 8080/],
  [balanced({ frontendPort: UNKNOWN }), /frontendPort should be a known number/],
  [
    balanced({ backendAddressPool: { id: "pool" } }),
    /refers to pool, which is none of its backendAddressPools/,
  ],
  [
    other(types.LOAD_BALANCER, { inboundNatRules: [{ ...natRule, enableFloatingIP: true }] }),
    /enableFloatingIP/,
  ],

  [withNetworkInterface({ enableIPForwarding: true }), /enableIPForwarding is not understood/],
  [withNetworkInterface({ ipConfigurations: [{}, {}] }), /should have exactly one of ipConfigurations/],
  [withNetworkInterface({}, { privateIPAddressVersion: "IPv6" }), /an address of another version than IPv4/],
  [
    withNetworkInterface({}, { applicationSecurityGroups: [{ id: "a" }] }),
    /applicationSecurityGroups is not understood/,
  ],
  [withNetworkInterface({}, { subnet: { id: "subnet" } }), /Subnet "subnet", of which nothing is known/],
  [
    other(types.SCALE_SET, {
      virtualMachineProfile: { networkProfile: { networkInterfaceConfigurations: [] } },
    }),
    /should have exactly one of networkInterfaceConfigurations/,
  ],

  [otherGateway({ urlPathMaps: [{ name: "map" }] }), /urlPathMaps is not understood/],
  [otherGateway({ requestRoutingRules: [{ ...routing, urlPathMap: { id: "m" } }] }), /urlPathMap is not/],
  [
    otherGateway({ backendAddressPools: [{ name: "machines", backendAddresses: [{ fqdn: "x" }] }] }),
    /backendAddresses is not understood/,
  ],
  [
    changed(
      [...exampleRecords, ...bastionRecords],
      { type: types.BASTION },
      { ipConfigurations: [{ name: "x", privateIPAllocationMethod: "Static" }] },
    ),
    /privateIPAllocationMethod is not understood/,
  ],
  [exampleRecords.map((record) => ({ ...record, id: undefined })), /has no id: record without `preview`/],
];

test("whatever is not understood is refused, by name", async (t) => {
  for (const [records, message] of refusals)
    t.throws(() => translateAzure(records), message, String(message));
});

test("what refers to parts of another balancer is refused", async (t) => {
  const [network] = exampleRecords;
  if (!network) throw new Error("the example has changed");
  const probe = partOf(network, "probes", "ready");
  t.throws(
    () => translateAzure(balanced({ probe })),
    /probe refers to .*virtualNetworks.*none of its probes/,
  );
});
