/** What the rest of the program knows of the way in, whether a load balancer or an application gateway. */
import type * as pulumi from "@pulumi/pulumi";

/** A way in. */
export interface Ingress {
  /** The address to send requests to, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** The static public address. */
  readonly ipAddress: pulumi.Output<string>;
  /** The ID of the balancer or gateway itself. */
  readonly id: pulumi.Output<string>;
  /** The pools that a machine's network interface joins. */
  readonly pools: Pools;
}

/** IDs of backend pools, by the property of a network interface that they belong in. */
export interface Pools {
  readonly loadBalancer: readonly pulumi.Output<string>[];
  readonly applicationGateway: readonly pulumi.Output<string>[];
}
