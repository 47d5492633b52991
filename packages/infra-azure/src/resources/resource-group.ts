/** Resource groups, and what components need to know of one. */
import { getResourceGroup, ResourceGroup } from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";

/** A resource group by its name and its ID; a `resources.ResourceGroup` is one. */
export interface Group {
  readonly name: pulumi.Output<string>;
  /** `/subscriptions/…/resourceGroups/<name>` */
  readonly id: pulumi.Output<string>;
}

/** The group of that name. */
export interface GroupArgs {
  readonly resourceGroupName: string;
  /** Make it; or else somebody else has. */
  readonly create: boolean;
  /** The setting that has the name. */
  readonly setting: string;
}

/**
 * A resource group of the stack's own, or one that exists: whoever deploys needs no right in the subscription then.
 *
 * @throws {pulumi.RunError} if it doesn't exist
 */
export async function resourceGroup(
  name: string,
  { resourceGroupName, create, setting }: GroupArgs,
  options: pulumi.CustomResourceOptions,
): Promise<Group> {
  if (create) return new ResourceGroup(name, { resourceGroupName }, options);
  try {
    const found = await getResourceGroup({ resourceGroupName });
    return { name: pulumi.output(found.name), id: pulumi.output(found.id) };
  } catch {
    throw new pulumi.RunError(
      `${pulumi.getProject()}:${setting} must name a resource group that exists and that you may read, as createGroups is false`,
    );
  }
}
