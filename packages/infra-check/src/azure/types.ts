/** Which types of Azure the translation understands, with which inputs, and which types can't open a path between hosts. */
import { ofType, type Records, refuse, refuseOthers, UntranslatableError } from "../recorder/records.ts";

export const VIRTUAL_NETWORK = "azure-native:network:VirtualNetwork";
export const SUBNET = "azure-native:network:Subnet";
export const SECURITY_GROUP = "azure-native:network:NetworkSecurityGroup";
export const NAT_GATEWAY = "azure-native:network:NatGateway";
export const PUBLIC_ADDRESS = "azure-native:network:PublicIPAddress";
export const LOAD_BALANCER = "azure-native:network:LoadBalancer";
export const APPLICATION_GATEWAY = "azure-native:network:ApplicationGateway";
export const BASTION = "azure-native:network:BastionHost";
export const SCALE_SET = "azure-native:compute:VirtualMachineScaleSet";

/** What every resource may have, and what moves no packet. */
const common = ["resourceGroupName", "location", "tags", "zones"];

/** The inputs of each type that are read, or that open no path. */
const understood: Readonly<Record<string, readonly string[]>> = {
  [VIRTUAL_NETWORK]: ["virtualNetworkName", "addressSpace", "enableDdosProtection", "enableVmProtection"],
  [SUBNET]: [
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
  [SECURITY_GROUP]: ["networkSecurityGroupName", "securityRules"],
  [NAT_GATEWAY]: ["natGatewayName", "sku", "publicIpAddresses", "idleTimeoutInMinutes"],
  [PUBLIC_ADDRESS]: [
    "publicIpAddressName",
    "sku",
    "publicIPAllocationMethod",
    "publicIPAddressVersion",
    "dnsSettings",
    "idleTimeoutInMinutes",
  ],
  [LOAD_BALANCER]: [
    "loadBalancerName",
    "sku",
    "frontendIPConfigurations",
    "backendAddressPools",
    "probes",
    "loadBalancingRules",
    "inboundNatRules",
  ],
  [APPLICATION_GATEWAY]: [
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
  [BASTION]: [
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
  [SCALE_SET]: [
    "vmScaleSetName",
    "orchestrationMode",
    "platformFaultDomainCount",
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
  // An environment in no network of the stack's; who may call its apps ../serverless/azure.ts says.
  "azure-native:app:",
  "azure-native:authorization:",
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
