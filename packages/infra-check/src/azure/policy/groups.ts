/** Rules on resource groups, and on what holds for resources of every kind: names, tags, roles. */
import { isAutoNamed } from "../../policy/auto-naming.ts";
import { part, type ResourceRule, wrongIf } from "../../policy/rule.ts";
import { REGISTRY, RESOURCE_GROUP } from "../types/tokens.ts";

const groupNames: ResourceRule = {
  name: "resource-groups-are-named",
  reason:
    "People look for a resource group by its name, and Pulumi adds eight characters to one that isn't given.",
  types: [RESOURCE_GROUP],
  violation: ({ name, props: { resourceGroupName } }) =>
    wrongIf(
      resourceGroupName === undefined || isAutoNamed(String(resourceGroupName), name),
      "resourceGroupName must be given",
    ),
  passes: [{ name: "machines", props: { resourceGroupName: "ServerVM" } }],
  breaks: [{ props: {} }, { name: "machines", props: { resourceGroupName: "machines0a1b2c3d" } }],
};

const registryName: ResourceRule = {
  name: "registry-name-is-pulumis",
  reason:
    "All registries of Azure share one space of names: a fixed one may be taken, and fails for a second stack.",
  types: [REGISTRY],
  violation: ({ name, props: { registryName: given } }) =>
    wrongIf(given !== undefined && !isAutoNamed(String(given), name), "leave registryName to Pulumi"),
  passes: [{ props: {} }, { name: "sorted", props: { registryName: "sorted0a1b2c3d" } }],
  breaks: [{ name: "sorted", props: { registryName: "sorted" } }],
};

const registryLogin: ResourceRule = {
  name: "registry-knows-no-password",
  reason: "The admin user is one password for everybody; machines and people have identities of their own.",
  types: [REGISTRY],
  violation: ({ props: { adminUserEnabled, anonymousPullEnabled } }) =>
    wrongIf(adminUserEnabled !== false, "adminUserEnabled must be false") ??
    wrongIf(anonymousPullEnabled === true, "anonymousPullEnabled must not be true"),
  passes: [{ props: { adminUserEnabled: false } }],
  breaks: [{ props: {} }, { props: { adminUserEnabled: false, anonymousPullEnabled: true } }],
};

const roles: ResourceRule = {
  name: "roles-are-on-one-resource",
  reason:
    "A role on a group or a subscription holds for all that is added later; and Azure may not know a new identity yet.",
  types: ["azure-native:authorization:RoleAssignment"],
  violation: ({ props: { scope, principalType } }) =>
    wrongIf(
      !/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/.+/i.test(String(scope)),
      "scope must be one resource",
    ) ?? wrongIf(principalType === undefined, "principalType must be given, such as ServicePrincipal"),
  passes: [{ props: { scope: registry("x"), principalType: "ServicePrincipal" } }],
  breaks: [
    { props: { scope: "/subscriptions/0/resourceGroups/x", principalType: "ServicePrincipal" } },
    { props: { scope: registry("x") } },
  ],
};

function registry(group: string): string {
  return `/subscriptions/0/resourceGroups/${group}/providers/Microsoft.ContainerRegistry/registries/sorted`;
}

const tags: ResourceRule = {
  name: "bills-can-be-told-apart",
  reason:
    "The provider has no default tags: what isn't tagged by the program is missing in every bill and search.",
  types: [
    RESOURCE_GROUP,
    REGISTRY,
    "azure-native:app:ContainerApp",
    "azure-native:app:ManagedEnvironment",
    "azure-native:compute:VirtualMachineScaleSet",
    "azure-native:network:ApplicationGateway",
    "azure-native:network:BastionHost",
    "azure-native:network:LoadBalancer",
    "azure-native:network:NatGateway",
    "azure-native:network:PublicIPAddress",
    "azure-native:operationalinsights:Workspace",
  ],
  violation: ({ props }) => wrongIf(Object.keys(part(props["tags"])).length === 0, "tags must be given"),
  passes: [{ props: { tags: { Project: "sorted" } } }],
  breaks: [{ props: {} }, { props: { tags: {} } }],
};

export const groupRules = [groupNames, registryName, registryLogin, roles, tags];
