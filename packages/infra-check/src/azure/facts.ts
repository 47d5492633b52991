/** What the stand-in provider for Azure must know of each type, beyond what the SDK's declarations say. */
import type { ResourceType } from "../engine/cloud.ts";
import type { CloudFacts } from "../engine/memory-cloud.ts";
import { computedOutputs, sdkOf } from "../engine/resource-type.ts";
import { azureCalls } from "./calls.ts";
import { azureOutputs } from "./outputs.ts";

/** What a type's resources are named by, and what else can't be changed, by the documentation of Azure's API. */
interface Facts {
  /** The input that Pulumi makes a name up for; without it a name is made of other inputs. */
  readonly named?: string;
  readonly replaceOn?: readonly string[];
}

const byType: Readonly<Record<string, Facts>> = {
  "app:ContainerApp": { named: "containerAppName", replaceOn: ["environmentId"] },
  "app:ManagedEnvironment": { named: "environmentName" },
  "authorization:ManagementLockAtResourceGroupLevel": { named: "lockName" },
  "authorization:ManagementLockByScope": { named: "lockName", replaceOn: ["scope"] },
  "authorization:RoleAssignment": {
    replaceOn: ["scope", "principalId", "principalType", "roleDefinitionId"],
  },
  "compute:VirtualMachineScaleSet": {
    named: "vmScaleSetName",
    replaceOn: ["orchestrationMode", "platformFaultDomainCount"],
  },
  "consumption:Budget": { named: "budgetName", replaceOn: ["scope"] },
  "containerregistry:Registry": { named: "registryName" },
  "managedidentity:UserAssignedIdentity": { named: "resourceName" },
  "monitor:ActionGroup": { named: "actionGroupName" },
  "monitor:AutoscaleSetting": { named: "autoscaleSettingName" },
  "monitor:DataCollectionRule": { named: "dataCollectionRuleName" },
  "monitor:DataCollectionRuleAssociation": { replaceOn: ["resourceUri", "associationName"] },
  "monitor:DiagnosticSetting": { named: "name", replaceOn: ["resourceUri"] },
  "monitor:MetricAlert": { named: "ruleName" },
  "network:ApplicationGateway": { named: "applicationGatewayName" },
  "network:BastionHost": { named: "bastionHostName" },
  "network:LoadBalancer": { named: "loadBalancerName" },
  "network:NatGateway": { named: "natGatewayName" },
  "network:NetworkSecurityGroup": { named: "networkSecurityGroupName" },
  "network:PublicIPAddress": { named: "publicIpAddressName" },
  "network:Subnet": { named: "subnetName", replaceOn: ["virtualNetworkName", "defaultOutboundAccess"] },
  "network:VirtualNetwork": { named: "virtualNetworkName" },
  "network:WebApplicationFirewallPolicy": { named: "policyName" },
  "operationalinsights:Workspace": { named: "workspaceName" },
  "portal:Dashboard": { named: "dashboardName" },
  "resources:ResourceGroup": { named: "resourceGroupName" },
};

/** Outputs that the SDK declares as optional, and that Azure computes. */
const furtherOutputs: Readonly<Record<string, readonly string[]>> = {
  "app:ContainerApp": ["configuration"],
  "network:PublicIPAddress": ["ipAddress"],
};

/**
 * The stand-in provider for Azure.
 *
 * @param program a file of the program, whose `@pulumi/azure-native` says what its types compute
 */
export function azureFacts(program: string): CloudFacts {
  const sdk = sdkOf("@pulumi/azure-native", program);
  const typeOf = (token: string): ResourceType => {
    const type = token.replace("azure-native:", "");
    const facts = byType[type];
    if (!facts) throw new Error(`The stand-in provider for Azure doesn't know what makes a new ${token}`);
    const { named, replaceOn = [] } = facts;
    return {
      computed: [...computedOutputs(sdk, token), ...(furtherOutputs[type] ?? [])],
      changing: [],
      // Whatever is in a resource's address is the resource.
      replaceOn: ["resourceGroupName", "location", ...(named ? [named] : []), ...replaceOn],
      named,
      suffix: (digits) => digits.slice(0, 8),
    };
  };
  return { typeOf, outputs: azureOutputs, answers: azureCalls };
}
