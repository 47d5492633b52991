/** The subnets of each zone and their route tables. */
import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { privateCidr, publicCidr, publicIpv6Cidr } from "./addresses.ts";

/** A private subnet with its own table, for the way out of its own zone. */
export interface PrivateSubnet {
  readonly subnet: ec2.Subnet;
  readonly table: ec2.RouteTable;
}

/** Dual-stack subnets, one in each zone, that share one table. */
export function publicSubnets(
  name: string,
  args: { readonly vpc: ec2.Vpc; readonly vpcCidr: string; readonly zones: readonly string[] },
  table: ec2.RouteTable,
  parent: pulumi.Resource,
): readonly ec2.Subnet[] {
  return args.zones.map((availabilityZone, zone) => {
    const inputs = {
      availabilityZone,
      cidrBlock: publicCidr(args.vpcCidr, zone),
      ipv6CidrBlock: args.vpc.ipv6CidrBlock.apply((block) => publicIpv6Cidr(block, zone)),
    };
    return subnet(`${name}-${zone + 1}`, { vpc: args.vpc, inputs, table }, parent);
  });
}

/** Subnets with IPv4 only, one in each zone. */
export function privateSubnets(
  name: string,
  args: { readonly vpc: ec2.Vpc; readonly vpcCidr: string; readonly zones: readonly string[] },
  parent: pulumi.Resource,
): readonly PrivateSubnet[] {
  return args.zones.map((availabilityZone, zone) => {
    const numbered = `${name}-${zone + 1}`;
    const table = new ec2.RouteTable(numbered, { vpcId: args.vpc.id }, { parent });
    const inputs = { availabilityZone, cidrBlock: privateCidr(args.vpcCidr, zone) };
    return { table, subnet: subnet(numbered, { vpc: args.vpc, inputs, table }, parent) };
  });
}

function subnet(
  name: string,
  args: {
    readonly vpc: ec2.Vpc;
    readonly inputs: Omit<ec2.SubnetArgs, "vpcId">;
    readonly table: ec2.RouteTable;
  },
  parent: pulumi.Resource,
): ec2.Subnet {
  const made = new ec2.Subnet(
    name,
    { vpcId: args.vpc.id, mapPublicIpOnLaunch: false, ...args.inputs },
    // AWS may list its zones anew at any time; that must not move a subnet that exists.
    { parent, ignoreChanges: ["availabilityZone"] },
  );
  new ec2.RouteTableAssociation(name, { subnetId: made.id, routeTableId: args.table.id }, { parent });
  return made;
}
