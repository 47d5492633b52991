/** What a machine, or an app, may do in Azure. */
import { getUserAssignedIdentity, UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/index.js";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "../authorization/role.ts";
import type { Group } from "../resources/resource-group.ts";

/** An identity that somebody else made, and gave the roles that it takes. */
export interface ExistingIdentity {
  readonly id: pulumi.Output<string>;
  readonly clientId: pulumi.Output<string>;
}

/**
 * Looks an identity up.
 *
 * @param setting the setting that has the ID
 * @throws {pulumi.RunError} if there is none
 */
export async function existingIdentity(id: string, setting: string): Promise<ExistingIdentity> {
  const [, , , , resourceGroupName = "", , , , resourceName = ""] = id.split("/");
  try {
    const { clientId } = await getUserAssignedIdentity({ resourceGroupName, resourceName });
    return { id: pulumi.output(id), clientId: pulumi.output(clientId) };
  } catch {
    throw new pulumi.RunError(
      `${pulumi.getProject()}:${setting} must be the ID of an identity that exists and that you may read`,
    );
  }
}

export interface IdentityArgs {
  readonly group: Group;
  /** An identity to use instead of one of its own. */
  readonly existing?: ExistingIdentity | undefined;
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
    const { id, clientId, ready } = args.existing
      ? { ...args.existing, ready: [] }
      : this.#create(name, args);
    this.id = id;
    this.clientId = clientId;
    this.ready = ready;
    this.registerOutputs({ id: this.id });
  }

  #create(name: string, { group, registryId: scope }: IdentityArgs) {
    const identity = new UserAssignedIdentity(name, { resourceGroupName: group.name }, { parent: this });
    const { id, clientId, principalId } = identity;
    const ready =
      scope === undefined
        ? []
        : Object.entries(pull).map(([suffix, role]) =>
            grant(`${name}${suffix}`, { principalId, role, scope }, this),
          );
    return { id, clientId, ready };
  }
}
