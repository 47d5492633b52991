/** What Azure computes for a resource beyond its inputs, as far as programs read it. */
import type { ComputedOutputs } from "../recorder/monitor.ts";
import { isProperties, type Properties } from "../recorder/value.ts";
import { azureId, azureName } from "./ids.ts";

/** The computed outputs by type token; every type also has an `id` and a `name`. */
const byType: Readonly<Record<string, (name: string, inputs: Properties) => Properties>> = {
  "azure-native:app:ContainerApp": (name, { configuration }) => {
    const given = isProperties(configuration) ? configuration : {};
    const ingress = isProperties(given["ingress"]) ? given["ingress"] : {};
    const fqdn = `${name}.example-0123456789.westeurope.azurecontainerapps.io`;
    return { configuration: { ...given, ingress: { ...ingress, fqdn } } };
  },
  "azure-native:app:ManagedEnvironment": () => ({ staticIp: "203.0.113.30" }),
  "azure-native:containerregistry:Registry": (name) => ({ loginServer: `${name}.azurecr.io` }),
  "azure-native:managedidentity:UserAssignedIdentity": (name) => ({
    clientId: `client-of-${name}`,
    principalId: `principal-of-${name}`,
  }),
  // One of the addresses for documentation (RFC 5737).
  "azure-native:network:PublicIPAddress": () => ({ ipAddress: "203.0.113.20" }),
};

/** What a recorded resource of Azure computes: deterministic, recognisable, plainly not real. */
export const azureOutputs: ComputedOutputs = (resource) => {
  const id = azureId(resource);
  const name = azureName(resource);
  return { name, ...(id !== undefined && { id }), ...byType[resource.type]?.(name, resource.inputs) };
};
