/** The names of a balancer's own parts: rules refer to parts of the very resource that declares them. */
import * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";

/** Refers to a part of a resource, as `{ id }`. */
export type SubResource = (kind: string, part: string) => { readonly id: pulumi.Output<string> };

/**
 * How a resource of Microsoft.Network refers to its own parts before it exists. That is why such a resource has a fixed
 * name.
 *
 * @param collection such as `loadBalancers`
 * @param name the resource's fixed name
 * @example
 * const part = subResourcesOf(group, "loadBalancers", "sorted");
 * part("probes", "ready"); // { id: "/subscriptions/…/loadBalancers/sorted/probes/ready" }
 */
export function subResourcesOf(group: Group, collection: string, name: string): SubResource {
  return (kind, part) => ({
    id: pulumi.interpolate`${group.id}/providers/Microsoft.Network/${collection}/${name}/${kind}/${part}`,
  });
}
