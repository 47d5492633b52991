/** Small networks on Azure, as records; tests change them one by one. */
import { declared } from "../../src/azure/cloud.ts";
import * as types from "../../src/azure/types/tokens.ts";
import type { RecordedResource } from "../../src/recorder/monitor.ts";
import { idOf } from "../../src/recorder/records.ts";
import type { Properties } from "../../src/recorder/value.ts";

const resourceGroupName = "ServerVM";

function inGroup(type: string, name: string, inputs: Properties): RecordedResource {
  return declared(type, name, { resourceGroupName, ...inputs });
}

/** A rule from anywhere to anywhere on every port, but for what is given. */
export function rule(name: string, priority: number, given: Properties): Properties {
  return {
    name,
    priority,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
    ...given,
  };
}

const network = inGroup(types.VIRTUAL_NETWORK, "vnet", {
  addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
});
const address = inGroup(types.PUBLIC_ADDRESS, "address", {});
const outbound = inGroup(types.PUBLIC_ADDRESS, "outbound", { publicIPAddressVersion: "IPv4" });
const nat = inGroup(types.NAT_GATEWAY, "nat", { publicIpAddresses: [{ id: idOf(outbound) }] });

/** The rules of the machines' group. */
export const machineRules: readonly Properties[] = [
  rule("clients", 100, { sourceAddressPrefix: "Internet", destinationPortRange: "80" }),
  rule("probes", 110, { sourceAddressPrefix: "AzureLoadBalancer", destinationPortRange: "80" }),
  rule("deny", 4096, { access: "Deny", protocol: "*" }),
  rule("out", 100, {
    direction: "Outbound",
    destinationAddressPrefix: "Internet",
    destinationPortRanges: ["80", "443"],
    destinationPortRange: null,
  }),
  rule("deny-out", 4096, { direction: "Outbound", access: "Deny", protocol: "*" }),
];

const machineGroup = inGroup(types.SECURITY_GROUP, "machines", { securityRules: machineRules });

const machines = inGroup(types.SUBNET, "machines", {
  virtualNetworkName: "vnet",
  addressPrefix: "10.0.0.0/24",
  defaultOutboundAccess: false,
  natGateway: { id: idOf(nat) },
  networkSecurityGroup: { id: idOf(machineGroup) },
});

/** A part of a balancer, as rules refer to it. */
export function partOf(resource: RecordedResource, collection: string, name: string): Properties {
  return { id: `${idOf(resource)}/${collection}/${name}` };
}

const unlinked = inGroup(types.LOAD_BALANCER, "balancer", {});

/** The rule that requests go by. */
export const requestRule: Properties = {
  name: "http",
  frontendIPConfiguration: partOf(unlinked, "frontendIPConfigurations", "public"),
  backendAddressPool: partOf(unlinked, "backendAddressPools", "machines"),
  probe: partOf(unlinked, "probes", "ready"),
  frontendPort: 80,
  backendPort: 80,
  protocol: "Tcp",
  disableOutboundSnat: true,
};

/** The rule that leads to single machines. */
export const natRule: Properties = {
  name: "nat",
  frontendIPConfiguration: partOf(unlinked, "frontendIPConfigurations", "public"),
  backendAddressPool: partOf(unlinked, "backendAddressPools", "machines"),
  frontendPortRangeStart: 50_000,
  frontendPortRangeEnd: 50_003,
  backendPort: 8080,
  protocol: "Tcp",
};

const balancer = inGroup(types.LOAD_BALANCER, "balancer", {
  sku: { name: "Standard" },
  frontendIPConfigurations: [{ name: "public", publicIPAddress: { id: idOf(address) } }],
  backendAddressPools: [{ name: "machines" }],
  probes: [{ name: "ready", port: 80, requestPath: "/readyz", intervalInSeconds: 5, probeThreshold: 2 }],
  loadBalancingRules: [requestRule],
  inboundNatRules: [natRule],
});

/** A scale set's network interface, with one address, but for what is given of either. */
export function profile(networkInterface: Properties, ipConfiguration: Properties): Properties {
  const configuration = {
    name: "private",
    subnet: { id: idOf(machines) },
    loadBalancerBackendAddressPools: [partOf(unlinked, "backendAddressPools", "machines")],
    ...ipConfiguration,
  };
  const one = {
    name: "card",
    networkSecurityGroup: { id: idOf(machineGroup) },
    ipConfigurations: [configuration],
    ...networkInterface,
  };
  return { virtualMachineProfile: { networkProfile: { networkInterfaceConfigurations: [one] } } };
}

const scaleSet = inGroup(types.SCALE_SET, "machines", profile({}, {}));

/** A load balancer before a scale set, in a subnet with a NAT gateway. */
export const exampleRecords: readonly RecordedResource[] = [
  network,
  address,
  outbound,
  nat,
  machineGroup,
  machines,
  balancer,
  scaleSet,
  inGroup("azure-native:operationalinsights:Workspace", "logs", {}),
];

const gatewayGroup = inGroup(types.SECURITY_GROUP, "gateway", {
  securityRules: [
    rule("clients", 100, { sourceAddressPrefix: "Internet", destinationPortRange: "80" }),
    rule("manager", 110, { sourceAddressPrefix: "GatewayManager", destinationPortRange: "65200-65535" }),
    rule("deny", 4096, { access: "Deny", protocol: "*" }),
  ],
});
const gatewaySubnet = inGroup(types.SUBNET, "gateway", {
  virtualNetworkName: "vnet",
  addressPrefixes: ["10.0.1.0/24"],
  networkSecurityGroup: { id: idOf(gatewayGroup) },
});
const bare = inGroup(types.APPLICATION_GATEWAY, "gateway", {});

/** What an application gateway does with a request. */
export const routing: Properties = {
  name: "http",
  httpListener: partOf(bare, "httpListeners", "http"),
  backendAddressPool: partOf(bare, "backendAddressPools", "machines"),
  backendHttpSettings: partOf(bare, "backendHttpSettingsCollection", "http"),
};

/** An application gateway before a scale set. */
export const gatewayRecords: readonly RecordedResource[] = [
  network,
  address,
  outbound,
  nat,
  gatewayGroup,
  gatewaySubnet,
  inGroup(types.SECURITY_GROUP, "machines", {
    securityRules: [
      rule("gateway", 100, { sourceAddressPrefix: "10.0.1.0/24", destinationPortRange: "80" }),
      ...machineRules.slice(2),
    ],
  }),
  machines,
  inGroup(types.APPLICATION_GATEWAY, "gateway", {
    gatewayIPConfigurations: [{ name: "gateway", subnet: { id: idOf(gatewaySubnet) } }],
    frontendIPConfigurations: [{ name: "public", publicIPAddress: { id: idOf(address) } }],
    frontendPorts: [{ name: "http", port: 80 }],
    httpListeners: [{ name: "http", frontendPort: partOf(bare, "frontendPorts", "http") }],
    backendAddressPools: [{ name: "machines" }],
    probes: [{ name: "ready", path: "/readyz", interval: 5, timeout: 4, unhealthyThreshold: 2 }],
    backendHttpSettingsCollection: [{ name: "http", port: 80, probe: partOf(bare, "probes", "ready") }],
    requestRoutingRules: [routing],
  }),
  inGroup(
    types.SCALE_SET,
    "machines",
    profile(
      {},
      {
        loadBalancerBackendAddressPools: [],
        applicationGatewayBackendAddressPools: [partOf(bare, "backendAddressPools", "machines")],
      },
    ),
  ),
];

const bastionSubnet = inGroup(types.SUBNET, "bastion", {
  virtualNetworkName: "vnet",
  subnetName: "AzureBastionSubnet",
  addressPrefix: "10.0.2.0/24",
});

/** A Bastion, for a network of either kind; its subnet has no security group. */
export const bastionRecords: readonly RecordedResource[] = [
  bastionSubnet,
  inGroup(types.BASTION, "bastion", {
    ipConfigurations: [
      { name: "public", subnet: { id: idOf(bastionSubnet) }, publicIPAddress: { id: idOf(address) } },
    ],
  }),
];
