/** What components need to know of a resource group. */
import type * as pulumi from "@pulumi/pulumi";

/** A resource group by its name and its ID; a `resources.ResourceGroup` is one. */
export interface Group {
  readonly name: pulumi.Output<string>;
  /** `/subscriptions/…/resourceGroups/<name>` */
  readonly id: pulumi.Output<string>;
}
