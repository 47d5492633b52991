/** Declared resources of Azure as a template of Azure Resource Manager: the form that scanners read. */
import { labelOf, type Properties, type RecordedResource, type Translation } from "@sorted/infra-check";
import { bodyOf, hasBody } from "../../test/payloads.ts";

/** Types whose IDs the recorder doesn't make up. All others tell theirs in their ID. */
const types: Readonly<Record<string, string>> = {
  "azure-native:authorization:ManagementLockAtResourceGroupLevel": "Microsoft.Authorization/locks",
  "azure-native:authorization:ManagementLockByScope": "Microsoft.Authorization/locks",
  "azure-native:authorization:RoleAssignment": "Microsoft.Authorization/roleAssignments",
  "azure-native:authorization:RoleDefinition": "Microsoft.Authorization/roleDefinitions",
  "azure-native:consumption:Budget": "Microsoft.Consumption/budgets",
  "azure-native:managedidentity:FederatedIdentityCredential":
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
  "azure-native:monitor:DataCollectionRuleAssociation": "Microsoft.Insights/dataCollectionRuleAssociations",
  "azure-native:monitor:DiagnosticSetting": "Microsoft.Insights/diagnosticSettings",
  "azure-native:resources:ResourceGroup": "Microsoft.Resources/resourceGroups",
};

/** What a resource of any type has beside its `properties`. */
const envelope = ["identity", "kind", "location", "sku", "tags", "zones"];

/** The template that makes what is declared. */
export function toTemplate(records: readonly RecordedResource[]): Translation {
  const ours = records.filter(({ type }) => type.startsWith("azure-native:"));
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    resources: ours.map((record) => ({
      type: templateType(record),
      apiVersion: "2025-01-01",
      name: record.name,
      ...(hasBody(record) ? bodyOf(record) : enveloped(record)),
    })),
  };
  return {
    text: JSON.stringify(template, asCheckovKnows),
    labels: new Map(ours.map((record) => [`${templateType(record)}.${record.name}`, labelOf(record)])),
  };
}

/** Azure takes its service tags in any case, checkov in lower case only. */
function asCheckovKnows(name: string, value: unknown): unknown {
  return name.startsWith("sourceAddressPrefix") && value === "Internet" ? "internet" : value;
}

/** `Microsoft.Network/virtualNetworks/subnets` of `…/providers/Microsoft.Network/virtualNetworks/a/subnets/b`. */
function templateType({ type, id = "" }: RecordedResource): string {
  const [provider, ...path] = id.split("/providers/")[1]?.split("/") ?? [];
  const kinds = path.filter((_, index) => index % 2 === 0);
  const found = types[type] ?? (provider && [provider, ...kinds].join("/"));
  if (!found) throw new Error(`Azure's name of ${type} is missing in system/scan/template.ts`);
  return found;
}

/** A resource without a table in the SDK. None of these types has parts with properties of their own. */
function enveloped({ type, inputs }: RecordedResource): Properties {
  const { resourceGroupName, properties, ...others } = inputs;
  // A workspace is the one that has its SKU inside.
  const outside = type.endsWith(":Workspace") ? envelope.filter((name) => name !== "sku") : envelope;
  const entries = Object.entries(others);
  return {
    ...Object.fromEntries(entries.filter(([name]) => outside.includes(name))),
    properties: properties ?? Object.fromEntries(entries.filter(([name]) => !outside.includes(name))),
  };
}
