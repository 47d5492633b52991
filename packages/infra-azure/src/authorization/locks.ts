/** Locks of Azure's own, which stop whoever deletes by other ways than this program. */
import {
  ManagementLockAtResourceGroupLevel,
  ManagementLockByScope,
} from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";

const notes = "The stack is protected: set protect to false and run pulumi up first";

/** Locks against deletion. */
export class Locks extends pulumi.ComponentResource {
  /**
   * @param args a resource group to lock with all that is in it, and further resources by name. The machines' group
   * can't be locked as a whole: the scale set could then remove no machine.
   */
  constructor(
    name: string,
    args: { readonly group: Group; readonly resourceIds: Readonly<Record<string, pulumi.Input<string>>> },
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("sorted:azure:Locks", name, {}, options);
    const lock = { level: "CanNotDelete", notes } as const;
    new ManagementLockAtResourceGroupLevel(
      name,
      { ...lock, resourceGroupName: args.group.name },
      { parent: this },
    );
    for (const [resource, scope] of Object.entries(args.resourceIds)) {
      new ManagementLockByScope(`${name}-${resource}`, { ...lock, scope }, { parent: this });
    }
    this.registerOutputs();
  }
}
