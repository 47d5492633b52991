/** The IDs that Azure would give: other resources, and a resource's own parts, are referred to by their paths. */
import type { RecordedResource } from "../recorder/monitor.ts";
import type { Properties } from "../recorder/value.ts";
import { SUBSCRIPTION_ID } from "./calls.ts";

/** Azure's names of types that lie in a resource group, by Pulumi's. */
const inGroup: Readonly<Record<string, string>> = {
  "app:ContainerApp": "Microsoft.App/containerApps",
  "app:ManagedEnvironment": "Microsoft.App/managedEnvironments",
  "compute:VirtualMachineScaleSet": "Microsoft.Compute/virtualMachineScaleSets",
  "containerregistry:Registry": "Microsoft.ContainerRegistry/registries",
  "managedidentity:UserAssignedIdentity": "Microsoft.ManagedIdentity/userAssignedIdentities",
  "monitor:ActionGroup": "Microsoft.Insights/actionGroups",
  "monitor:AutoscaleSetting": "Microsoft.Insights/autoscaleSettings",
  "monitor:DataCollectionRule": "Microsoft.Insights/dataCollectionRules",
  "monitor:MetricAlert": "Microsoft.Insights/metricAlerts",
  "network:ApplicationGateway": "Microsoft.Network/applicationGateways",
  "network:BastionHost": "Microsoft.Network/bastionHosts",
  "network:LoadBalancer": "Microsoft.Network/loadBalancers",
  "network:NatGateway": "Microsoft.Network/natGateways",
  "network:NetworkSecurityGroup": "Microsoft.Network/networkSecurityGroups",
  "network:PublicIPAddress": "Microsoft.Network/publicIPAddresses",
  "network:VirtualNetwork": "Microsoft.Network/virtualNetworks",
  "network:WebApplicationFirewallPolicy":
    "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
  "operationalinsights:Workspace": "Microsoft.OperationalInsights/workspaces",
  "portal:Dashboard": "Microsoft.Portal/dashboards",
};

/** The name that a resource has in Azure: the one that it is given, or else the one in the program. */
export function azureName({
  type,
  name,
  inputs,
}: Pick<RecordedResource, "type" | "name" | "inputs">): string {
  const kind = type.slice(type.lastIndexOf(":") + 1);
  const given = inputs[`${kind.charAt(0).toLowerCase()}${kind.slice(1)}Name`];
  return typeof given === "string" ? given : name;
}

/** The ID of a resource of azure-native, or `undefined` where nothing refers to it by a path. */
export function azureId(resource: Pick<RecordedResource, "type" | "name" | "inputs">): string | undefined {
  const type = resource.type.replace(/^azure-native:/, "");
  const name = azureName(resource);
  const subscription = `/subscriptions/${SUBSCRIPTION_ID}`;
  if (type === "resources:ResourceGroup") return `${subscription}/resourceGroups/${name}`;
  const providers = `${subscription}/resourceGroups/${text(resource.inputs, "resourceGroupName")}/providers`;
  if (type === "network:Subnet") {
    const vnet = text(resource.inputs, "virtualNetworkName");
    return `${providers}/Microsoft.Network/virtualNetworks/${vnet}/subnets/${name}`;
  }
  const path = inGroup[type];
  return path && `${providers}/${path}/${name}`;
}

function text(inputs: Properties, property: string): string {
  return String(inputs[property]);
}
