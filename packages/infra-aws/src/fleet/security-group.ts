/** Who reaches the instances, and what they reach. */
import { SecurityGroup } from "@pulumi/aws/ec2/index.js";
import { SecurityGroupEgressRule, SecurityGroupIngressRule } from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Destination } from "../network/placement.ts";

export interface AccessArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly balancerSecurityGroupId: pulumi.Input<string>;
  readonly port: number;
  readonly wayOut: Readonly<Record<string, Destination>>;
}

/**
 * The instances' security group: in from the load balancer on one port, out on 443. The load balancer in turn gets
 * out to the instances only. DNS, time and the metadata service of a VPC pass security groups by.
 */
export class InstanceAccess extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: AccessArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:InstanceAccess", name, {}, options);
    const group = new SecurityGroup(
      name,
      { vpcId: args.vpcId, description: "Instances: HTTP from the load balancer" },
      { parent: this },
    );
    const port = { ipProtocol: "tcp", fromPort: args.port, toPort: args.port };
    new SecurityGroupEgressRule(
      `${name}-from-balancer`,
      {
        securityGroupId: args.balancerSecurityGroupId,
        description: "HTTP to the instances",
        referencedSecurityGroupId: group.id,
        ...port,
      },
      { parent: this },
    );
    new SecurityGroupIngressRule(
      `${name}-from-balancer`,
      {
        securityGroupId: group.id,
        description: "HTTP from the load balancer",
        referencedSecurityGroupId: args.balancerSecurityGroupId,
        ...port,
      },
      { parent: this },
    );
    for (const [destination, rule] of Object.entries(args.wayOut)) {
      new SecurityGroupEgressRule(
        `${name}-to-${destination}`,
        {
          securityGroupId: group.id,
          description: `HTTPS to ${destination}`,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          ...rule,
        },
        { parent: this },
      );
    }
    this.securityGroupId = group.id;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}
