/** Where things are put: what the rest of the program knows of a network, whether the stack's own or an existing one. */
import type * as pulumi from "@pulumi/pulumi";

/** One destination that private subnets reach, as the end of a security group's rule. */
export type Destination =
  | { readonly cidrIpv4: string }
  | { readonly referencedSecurityGroupId: pulumi.Input<string> }
  | { readonly prefixListId: pulumi.Input<string> };

/** A network to put a load balancer and a fleet into. */
export interface Placement {
  readonly vpcId: pulumi.Output<string>;
  /** At least two, in different zones. */
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
  /** The IPv4 ranges of the public subnets: where a load balancer speaks from. */
  readonly publicCidrs: readonly pulumi.Input<string>[];
  /** Where instances in the private subnets get to on port 443, by a name for each. */
  readonly wayOut: Readonly<Record<string, Destination>>;
  /** What must exist before anything in a public subnet can face the Internet. */
  readonly internet: readonly pulumi.Resource[];
  /** What must exist before an instance in a private subnet can reach anything. */
  readonly ready: readonly pulumi.Resource[];
}

/** The way out through NAT gateways, or whatever an existing network has. */
export const internetOnly = { internet: { cidrIpv4: "0.0.0.0/0" } } as const;
