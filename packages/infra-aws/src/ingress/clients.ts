/** Who may connect to the load balancer. */
import { SecurityGroup } from "@pulumi/aws/ec2/index.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The load balancer's security group: in from some ranges on some ports, and nowhere out. Whoever declares targets
 * adds the way to them.
 */
export function clientAccess(
  name: string,
  args: {
    readonly vpcId: pulumi.Input<string>;
    readonly allowedRanges: readonly string[];
    readonly ports: readonly number[];
  },
  parent: pulumi.Resource,
): SecurityGroup {
  const group = new SecurityGroup(
    `${name}-balancer`,
    { vpcId: args.vpcId, description: "Load balancer: HTTP from clients" },
    { parent },
  );
  for (const port of args.ports) {
    args.allowedRanges.forEach((range, index) => {
      const source = range.includes(":") ? { cidrIpv6: range } : { cidrIpv4: range };
      new SecurityGroupIngressRule(
        `${name}-clients-${port}-${index + 1}`,
        {
          securityGroupId: group.id,
          description: port === 443 ? "HTTPS from clients" : "HTTP from clients",
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          ...source,
        },
        { parent },
      );
    });
  }
  return group;
}
