/**
 * What whoever deploys must be allowed: what each type of resource takes to create, read, change and delete, and what
 * watching the operations of each service takes. test/trust/deploy-role.test.ts sees to it that no type and no service of the
 * program is missing; whether Azure asks for more, only a real subscription shows.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
 */

/** To read, make, change and delete resources of a type. */
const all = (type: string) => [`${type}/read`, `${type}/write`, `${type}/delete`];

/** To let a resource be used by another. */
const joined = (type: string) => [...all(type), `${type}/join/action`];

const group = "azure-native:resources:ResourceGroup";

/** The actions for each type. */
export const actionsOf: Readonly<Record<string, readonly string[]>> = {
  "azure-native:app:ContainerApp": all("Microsoft.App/containerApps"),
  "azure-native:app:ManagedEnvironment": joined("Microsoft.App/managedEnvironments"),
  "azure-native:authorization:ManagementLockAtResourceGroupLevel": all("Microsoft.Authorization/locks"),
  "azure-native:authorization:ManagementLockByScope": all("Microsoft.Authorization/locks"),
  "azure-native:authorization:RoleAssignment": all("Microsoft.Authorization/roleAssignments"),
  "azure-native:compute:VirtualMachineScaleSet": [
    "Microsoft.Compute/virtualMachineScaleSets/*",
    // Under Flexible orchestration the machines, their disks and network interfaces are resources like any other.
    ...all("Microsoft.Compute/virtualMachines"),
    // Each says by its extension which model it was made by.
    "Microsoft.Compute/virtualMachines/extensions/read",
    "Microsoft.Compute/virtualMachines/instanceView/read",
    ...all("Microsoft.Compute/disks"),
    ...joined("Microsoft.Network/networkInterfaces"),
    // Of the set that has the key for the disks.
    "Microsoft.Compute/diskEncryptionSets/read",
  ],
  "azure-native:consumption:Budget": all("Microsoft.Consumption/budgets"),
  "azure-native:containerregistry:Registry": all("Microsoft.ContainerRegistry/registries"),
  "azure-native:managedidentity:UserAssignedIdentity": [
    ...all("Microsoft.ManagedIdentity/userAssignedIdentities"),
    "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
  ],
  "azure-native:monitor:ActionGroup": all("Microsoft.Insights/actionGroups"),
  "azure-native:monitor:AutoscaleSetting": all("Microsoft.Insights/autoscaleSettings"),
  "azure-native:monitor:DataCollectionRule": all("Microsoft.Insights/dataCollectionRules"),
  "azure-native:monitor:DataCollectionRuleAssociation": all(
    "Microsoft.Insights/dataCollectionRuleAssociations",
  ),
  "azure-native:monitor:DiagnosticSetting": all("Microsoft.Insights/diagnosticSettings"),
  "azure-native:monitor:MetricAlert": all("Microsoft.Insights/metricAlerts"),
  "azure-native:network:ApplicationGateway": [
    ...all("Microsoft.Network/applicationGateways"),
    "Microsoft.Network/applicationGateways/backendAddressPools/join/action",
  ],
  "azure-native:network:BastionHost": all("Microsoft.Network/bastionHosts"),
  "azure-native:network:LoadBalancer": [
    ...all("Microsoft.Network/loadBalancers"),
    "Microsoft.Network/loadBalancers/backendAddressPools/join/action",
  ],
  "azure-native:network:NatGateway": joined("Microsoft.Network/natGateways"),
  "azure-native:network:NetworkSecurityGroup": joined("Microsoft.Network/networkSecurityGroups"),
  "azure-native:network:PublicIPAddress": joined("Microsoft.Network/publicIPAddresses"),
  "azure-native:network:Subnet": joined("Microsoft.Network/virtualNetworks/subnets"),
  "azure-native:network:VirtualNetwork": all("Microsoft.Network/virtualNetworks"),
  "azure-native:network:WebApplicationFirewallPolicy": joined(
    "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
  ),
  "azure-native:operationalinsights:Workspace": [
    ...all("Microsoft.OperationalInsights/workspaces"),
    // For diagnostic settings and data collection rules that send there.
    "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
  ],
  "azure-native:portal:Dashboard": all("Microsoft.Portal/dashboards"),
  [group]: all("Microsoft.Resources/subscriptions/resourceGroups"),
  // A push, by Docker and with the token of whoever deploys.
  "docker-build:index:Image": [
    "Microsoft.ContainerRegistry/registries/pull/read",
    "Microsoft.ContainerRegistry/registries/push/write",
  ],
};

/**
 * What watching the operations of each service takes. Creating and deleting go on after Azure's answer, which says where
 * to ask for the end: in the subscription, outside the resource's group. Whoever may not ask gets 403 there, after the
 * resource was started. A service with none answers at the end.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations
 */
export const pollingActionsOf: Readonly<Record<string, readonly string[]>> = {
  app: [
    "Microsoft.App/locations/containerappOperationResults/read",
    "Microsoft.App/locations/containerappOperationStatuses/read",
    "Microsoft.App/locations/managedEnvironmentOperationResults/read",
    "Microsoft.App/locations/managedEnvironmentOperationStatuses/read",
    "Microsoft.App/locations/operationResults/read",
    "Microsoft.App/locations/operationStatuses/read",
  ],
  authorization: [],
  compute: ["Microsoft.Compute/locations/diskOperations/read", "Microsoft.Compute/locations/operations/read"],
  consumption: [],
  containerregistry: [
    "Microsoft.ContainerRegistry/locations/operationResults/read",
    "Microsoft.ContainerRegistry/registries/operationStatuses/read",
  ],
  managedidentity: [],
  monitor: [],
  network: [
    "Microsoft.Network/locations/operationResults/read",
    "Microsoft.Network/locations/operations/read",
  ],
  operationalinsights: [
    "Microsoft.OperationalInsights/locations/operationStatuses/read",
    "Microsoft.OperationalInsights/workspaces/operations/read",
  ],
  portal: [],
  resources: ["Microsoft.Resources/subscriptions/operationResults/read"],
};

const sorted = (actions: readonly string[]) => [...new Set(actions)].toSorted();

/** What everything in a stack's resource groups takes, where the groups exist. */
export const stackActions = sorted(
  Object.entries(actionsOf).flatMap(([type, actions]) =>
    type === group ? actions.filter((action) => action.endsWith("/read")) : actions,
  ),
);

/** What the program asks about the subscription itself: versions of images, the sizes of machines, and the quota for them. */
const questions = [
  "Microsoft.Compute/locations/publishers/artifacttypes/offers/skus/versions/read",
  "Microsoft.Compute/locations/usages/read",
  "Microsoft.Compute/skus/read",
];

/** What the subscription takes: to watch operations, and to ask. It allows changing nothing. */
export const watchActions = sorted([...Object.values(pollingActionsOf).flat(), ...questions]);

/** The definition of a role, as `az role definition create` takes it: for a subscription in which stacks make their groups. */
export function deployRole() {
  return {
    Name: "Sorted deployer",
    Description: "Deploys, changes and destroys the stacks of packages/infra-azure",
    AssignableScopes: ["/subscriptions/00000000-0000-0000-0000-000000000000"],
    Actions: sorted([...Object.values(actionsOf).flat(), ...watchActions]),
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
  };
}
