/** What a machine, or an app, may do in Azure. */
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/index.js";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "../authorization/role.ts";
import type { Group } from "../resources/resource-group.ts";

export interface IdentityArgs {
  readonly group: Group;
  /** The ID of the registry that the image lies in; without it no registry of Azure is read. */
  readonly registryId?: pulumi.Input<string> | undefined;
}

/**
 * Either lets an identity pull. A registry heeds the first, or only the second if its permissions are by repository.
 *
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 */
const pull = { "": "AcrPull", "-by-repository": "Container Registry Repository Reader" } as const;

/**
 * A user-assigned identity, the only kind that a scale set of Flexible orchestration takes. It may pull images from one
 * registry; sending logs needs no role.
 */
export class Identity extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  readonly clientId: pulumi.Output<string>;
  /** What must exist before it can be done. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: IdentityArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:Identity", name, {}, options);
    const identity = new UserAssignedIdentity(name, { resourceGroupName: args.group.name }, { parent: this });
    const { registryId: scope } = args;
    this.ready =
      scope === undefined
        ? []
        : Object.entries(pull).map(([suffix, role]) =>
            grant(`${name}${suffix}`, { principalId: identity.principalId, role, scope }, this),
          );
    this.id = identity.id;
    this.clientId = identity.clientId;
    this.registerOutputs({ id: this.id });
  }
}
