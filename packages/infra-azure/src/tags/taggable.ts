/** Which of the program's resource types take tags; the rest would be refused with them. */
const taggable = new Set([
  "azure-native:app:ContainerApp",
  "azure-native:app:ManagedEnvironment",
  "azure-native:compute:VirtualMachineScaleSet",
  "azure-native:containerregistry:Registry",
  "azure-native:managedidentity:UserAssignedIdentity",
  "azure-native:monitor:ActionGroup",
  "azure-native:monitor:AutoscaleSetting",
  "azure-native:monitor:DataCollectionRule",
  "azure-native:monitor:MetricAlert",
  "azure-native:network:ApplicationGateway",
  "azure-native:network:BastionHost",
  "azure-native:network:LoadBalancer",
  "azure-native:network:NatGateway",
  "azure-native:network:NetworkSecurityGroup",
  "azure-native:network:PublicIPAddress",
  "azure-native:network:VirtualNetwork",
  "azure-native:network:WebApplicationFirewallPolicy",
  "azure-native:operationalinsights:Workspace",
  "azure-native:portal:Dashboard",
  "azure-native:resources:ResourceGroup",
]);

/** Whether a resource type takes a map of tags. */
export function isTaggable(type: string): boolean {
  return taggable.has(type);
}
