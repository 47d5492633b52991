/** What Azure would answer the data sources of a program: one subscription. */
import type { CallAnswer } from "../recorder/monitor.ts";

export const SUBSCRIPTION_ID = "00000000-0000-0000-0000-000000000000";

/** The answers by function token, in the shape of `@pulumi/azure-native` 3. */
export const azureCalls: Readonly<Record<string, CallAnswer>> = {
  "azure-native:authorization:getClientConfig": () => ({
    clientId: "00000000-0000-0000-0000-00000000000c",
    objectId: "00000000-0000-0000-0000-00000000000b",
    subscriptionId: SUBSCRIPTION_ID,
    tenantId: "00000000-0000-0000-0000-00000000000a",
  }),
  "azure-native:authorization:getClientToken": ({ endpoint = "Azure's API" }) => ({
    token: `token for ${endpoint}`,
  }),
  "azure-native:managedidentity:getUserAssignedIdentity": ({ resourceName }) => ({
    clientId: `client-of-${String(resourceName)}`,
  }),
  "azure-native:resources:getResourceGroup": ({ resourceGroupName: name = "" }) => ({
    id: `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/${String(name)}`,
    name,
  }),
};
