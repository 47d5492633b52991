/** Which types of Azure the translation understands, with which inputs, and which types can't open a path between hosts. */
import { ofType, type Records, refuse, refuseOthers, UntranslatableError } from "../../recorder/records.ts";
import * as types from "./tokens.ts";

/** What every resource may have, and what moves no packet. */
const common = ["resourceGroupName", "location", "tags", "zones"];

/** The inputs of each type that are read, or that open no path. */
const understood: Readonly<Record<string, readonly string[]>> = {
  [types.VIRTUAL_NETWORK]: [
    "virtualNetworkName",
    "addressSpace",
    "enableDdosProtection",
    "enableVmProtection",
  ],
  [types.SUBNET]: [
    "virtualNetworkName",
    "subnetName",
    "addressPrefix",
    "addressPrefixes",
    "defaultOutboundAccess",
    "natGateway",
    "networkSecurityGroup",
    "privateEndpointNetworkPolicies",
    "privateLinkServiceNetworkPolicies",
  ],
  [types.SECURITY_GROUP]: ["networkSecurityGroupName", "securityRules"],
  [types.NAT_GATEWAY]: ["natGatewayName", "sku", "publicIpAddresses", "idleTimeoutInMinutes"],
  [types.PUBLIC_ADDRESS]: [
    "publicIpAddressName",
    "sku",
    "publicIPAllocationMethod",
    "publicIPAddressVersion",
    "dnsSettings",
    "idleTimeoutInMinutes",
  ],
  [types.LOAD_BALANCER]: [
    "loadBalancerName",
    "sku",
    "frontendIPConfigurations",
    "backendAddressPools",
    "probes",
    "loadBalancingRules",
    "inboundNatRules",
  ],
  [types.APPLICATION_GATEWAY]: [
    "applicationGatewayName",
    "sku",
    "autoscaleConfiguration",
    "enableHttp2",
    "identity",
    "firewallPolicy",
    "gatewayIPConfigurations",
    "frontendIPConfigurations",
    "frontendPorts",
    "sslCertificates",
    "sslPolicy",
    "httpListeners",
    "redirectConfigurations",
    "backendAddressPools",
    "probes",
    "backendHttpSettingsCollection",
    "rewriteRuleSets",
    "requestRoutingRules",
  ],
  [types.BASTION]: [
    "bastionHostName",
    "sku",
    "ipConfigurations",
    "disableCopyPaste",
    "enableFileCopy",
    "enableIpConnect",
    "enableKerberos",
    "enablePrivateOnlyBastion",
    "enableSessionRecording",
    "enableShareableLink",
    "enableTunneling",
  ],
  [types.SCALE_SET]: [
    "vmScaleSetName",
    "orchestrationMode",
    "platformFaultDomainCount",
    "priorityMixPolicy",
    "singlePlacementGroup",
    "sku",
    "identity",
    "virtualMachineProfile",
    "upgradePolicy",
    "automaticRepairsPolicy",
  ],
};

/** Services, and single types of the network's, that move no packet between hosts. */
const irrelevant = [
  // An environment in no network of the stack's; ../callers.ts says who may call its apps.
  "azure-native:app:",
  "azure-native:authorization:",
  "azure-native:consumption:",
  "azure-native:containerregistry:",
  "azure-native:managedidentity:",
  "azure-native:monitor:",
  "azure-native:network:WebApplicationFirewallPolicy",
  "azure-native:operationalinsights:",
  "azure-native:portal:",
  "azure-native:resources:",
  "docker-build:",
  "pulumi:providers:",
];

/**
 * Refuses what could open a path unseen: a peering, a route table, a machine of its own, another service, an input of
 * which nothing is known.
 *
 * @throws {UntranslatableError} for the first of them
 */
export function refuseUnknown(records: Records): void {
  for (const environment of ofType(records, "azure-native:app:ManagedEnvironment")) {
    refuse(environment, ["vnetConfiguration"], "apps in a network reach what is in it");
  }
  for (const record of records.filter(({ custom }) => custom)) {
    const inputs = understood[record.type];
    if (inputs) refuseOthers(record, [...common, ...inputs]);
    else if (!irrelevant.some((beginning) => record.type.startsWith(beginning))) {
      throw new UntranslatableError(record, "the reachability check doesn't know what paths this opens");
    }
  }
}
