/**
 * Shows that each configuration declares exactly these resources, no more and no fewer, also when nothing that Azure
 * computes is known yet. Can't show that Azure accepts them.
 */
import { test } from "tap";
import { type Configuration, record } from "./configurations.ts";

const least = {
  "azure-native:authorization:RoleAssignment": 2,
  "azure-native:compute:VirtualMachineScaleSet": 1,
  "azure-native:containerregistry:Registry": 1,
  "azure-native:managedidentity:UserAssignedIdentity": 1,
  "azure-native:monitor:AutoscaleSetting": 1,
  "azure-native:monitor:DataCollectionRule": 1,
  "azure-native:monitor:DataCollectionRuleAssociation": 1,
  "azure-native:monitor:DiagnosticSetting": 4,
  "azure-native:monitor:MetricAlert": 4,
  "azure-native:network:LoadBalancer": 1,
  "azure-native:network:NatGateway": 1,
  "azure-native:network:NetworkSecurityGroup": 2,
  "azure-native:network:PublicIPAddress": 2,
  "azure-native:network:Subnet": 1,
  "azure-native:network:VirtualNetwork": 1,
  "azure-native:operationalinsights:Workspace": 1,
  "azure-native:portal:Dashboard": 1,
  "azure-native:resources:ResourceGroup": 2,
  "docker-build:index:Image": 1,
};

const applicationGateway = {
  "azure-native:authorization:RoleAssignment": 3,
  "azure-native:managedidentity:UserAssignedIdentity": 2,
  "azure-native:monitor:MetricAlert": 5,
  "azure-native:network:ApplicationGateway": 1,
  "azure-native:network:LoadBalancer": 0,
  "azure-native:network:Subnet": 2,
  "azure-native:network:WebApplicationFirewallPolicy": 1,
};

const bastion = {
  "azure-native:network:BastionHost": 1,
  "azure-native:network:NetworkSecurityGroup": 3,
  "azure-native:network:PublicIPAddress": 3,
};

const givenImage = {
  "azure-native:authorization:RoleAssignment": 0,
  "azure-native:containerregistry:Registry": 0,
  "docker-build:index:Image": 0,
};

const locks = {
  "azure-native:authorization:ManagementLockAtResourceGroupLevel": 1,
  "azure-native:authorization:ManagementLockByScope": 2,
};

/** All that there is without machines. */
const serverless: Readonly<Partial<Record<Configuration, Readonly<Record<string, number>>>>> = {
  serverless: {
    "azure-native:app:ContainerApp": 1,
    "azure-native:app:ManagedEnvironment": 1,
    "azure-native:authorization:RoleAssignment": 2,
    "azure-native:containerregistry:Registry": 1,
    "azure-native:managedidentity:UserAssignedIdentity": 1,
    "azure-native:monitor:DiagnosticSetting": 2,
    "azure-native:monitor:MetricAlert": 3,
    "azure-native:operationalinsights:Workspace": 1,
    "azure-native:portal:Dashboard": 1,
    "azure-native:resources:ResourceGroup": 2,
    "docker-build:index:Image": 1,
  },
  serverlessForSome: {
    "azure-native:app:ContainerApp": 1,
    "azure-native:app:ManagedEnvironment": 1,
    "azure-native:monitor:ActionGroup": 1,
    "azure-native:monitor:DiagnosticSetting": 2,
    "azure-native:monitor:MetricAlert": 3,
    "azure-native:operationalinsights:Workspace": 1,
    "azure-native:portal:Dashboard": 1,
    "azure-native:resources:ResourceGroup": 2,
  },
};

/** Where some with machines differ from the least configuration; 0 is none at all. */
const differences: Readonly<Partial<Record<Configuration, Readonly<Record<string, number>>>>> = {
  least: {},
  threeZones: {},
  spot: {},
  applicationGateway,
  bastion: { ...bastion, "azure-native:network:Subnet": 2 },
  givenImage,
  givenImageInAcr: { ...givenImage, "azure-native:authorization:RoleAssignment": 2 },
  spotAboveBase: {},
  internal: { "azure-native:network:PublicIPAddress": 1 },
  ofACompany: {
    ...applicationGateway,
    "azure-native:authorization:RoleAssignment": 0,
    "azure-native:consumption:Budget": 2,
    "azure-native:managedidentity:UserAssignedIdentity": 0,
    "azure-native:monitor:ActionGroup": 1,
    "azure-native:resources:ResourceGroup": 0,
  },
  isProtected: locks,
  everything: {
    ...applicationGateway,
    ...bastion,
    ...locks,
    "azure-native:monitor:ActionGroup": 1,
    "azure-native:network:Subnet": 3,
  },
};

const expectations = {
  ...Object.fromEntries(
    Object.entries(differences).map(([name, difference]) => [name, { ...least, ...difference }]),
  ),
  ...serverless,
};

for (const [configuration, expectation] of Object.entries(expectations)) {
  for (const preview of [false, true]) {
    test(`${configuration}${preview ? ", in a preview" : ""}: exactly these resources`, async (t) => {
      const { resources } = await record(configuration as Configuration, preview);
      const counts: Record<string, number> = {};
      for (const { custom, type } of resources) if (custom) counts[type] = (counts[type] ?? 0) + 1;
      const expected = Object.entries(expectation).filter(([, count]) => count > 0);
      t.strictSame(counts, Object.fromEntries(expected));
    });
  }
}
