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
    this.ready =
      args.registryId === undefined
        ? []
        : [grant(name, { principalId: identity.principalId, role: "AcrPull", scope: args.registryId }, this)];
    this.id = identity.id;
    this.clientId = identity.clientId;
    this.registerOutputs({ id: this.id });
  }
}
