/** The routes: from public subnets to the Internet, from private ones through NAT. */
import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { PrivateSubnet } from "./subnets.ts";

/** A table that leads both families of addresses to the Internet. */
export function publicTable(
  name: string,
  vpc: ec2.Vpc,
  gateway: ec2.InternetGateway,
  parent: pulumi.Resource,
): ec2.RouteTable {
  const table = new ec2.RouteTable(name, { vpcId: vpc.id }, { parent });
  const target = { routeTableId: table.id, gatewayId: gateway.id };
  new ec2.Route(`${name}-ipv4`, { ...target, destinationCidrBlock: "0.0.0.0/0" }, { parent });
  new ec2.Route(`${name}-ipv6`, { ...target, destinationIpv6CidrBlock: "::/0" }, { parent });
  return table;
}

/**
 * A NAT gateway in each of the given public subnets, and a way to one from each private subnet: to that of its own
 * zone, or else to the first.
 */
export function natRoutes(
  name: string,
  args: {
    readonly gateway: ec2.InternetGateway;
    readonly natSubnets: readonly ec2.Subnet[];
    readonly privateSubnets: readonly PrivateSubnet[];
  },
  parent: pulumi.Resource,
): void {
  // A NAT gateway that is made before the way to the Internet fails.
  const options = { parent, dependsOn: args.gateway };
  const gateways = args.natSubnets.map((subnet, zone) => {
    const address = new ec2.Eip(`${name}-nat-${zone + 1}`, { domain: "vpc" }, options);
    const inputs = { allocationId: address.allocationId, subnetId: subnet.id };
    return new ec2.NatGateway(`${name}-nat-${zone + 1}`, inputs, options);
  });
  args.privateSubnets.forEach(({ table }, zone) => {
    const gateway = gateways[zone] ?? gateways[0];
    if (!gateway) return;
    const inputs = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway.id };
    new ec2.Route(`${name}-private-${zone + 1}`, inputs, { parent });
  });
}
