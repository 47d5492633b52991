/** A VPC that the account of the checks has already: two public subnets and two private ones, which reach out by NAT. */
import type { CallAnswer } from "../../recorder/monitor.ts";
import { filtered, REGION, ZONES } from "./offers.ts";

const vpcId = "vpc-0123456789abcdef0";
const mainRouteTableId = "rtb-00000000000000000";
const publicRouteTableId = "rtb-00000000000000001";

/** The public ones are numbered 1 and 2. */
function subnet(id: string) {
  const number = Number(/^subnet-0{16}([1-4])$/.exec(id)?.[1]);
  if (Number.isNaN(number)) {
    throw new Error("reading EC2 Subnet: no matching EC2 Subnet found");
  }
  const isPublic = number <= 2;
  return {
    id,
    vpcId,
    availabilityZone: ZONES[(number - 1) % 2] ?? "",
    cidrBlock: `10.9.${number}.0/24`,
    ipv6CidrBlock: isPublic ? `2001:db8:9:${number}::/64` : "",
    isPublic,
  };
}

/** The answers to a program that asks for it, by function token. */
export const existingVpcCalls: Readonly<Record<string, CallAnswer>> = {
  "aws:ec2/getVpc:getVpc": ({ id }) => {
    if (id !== vpcId) throw new Error("reading EC2 VPC: no matching EC2 VPC found");
    return { id, mainRouteTableId, cidrBlock: "10.9.0.0/16" };
  },
  "aws:ec2/getSubnet:getSubnet": ({ id }) => {
    const { isPublic: _, ...found } = subnet(String(id));
    return found;
  },
  // Private subnets are associated with no table, and so have the VPC's main one.
  "aws:ec2/getRouteTables:getRouteTables": ({ filters }) => {
    const [id = ""] = filtered(filters, "association.subnet-id");
    return { id: REGION, ids: subnet(id).isPublic ? [publicRouteTableId] : [] };
  },
  "aws:ec2/getRouteTable:getRouteTable": ({ routeTableId }) => {
    const local = { cidrBlock: "10.9.0.0/16", ipv6CidrBlock: "", gatewayId: "local", natGatewayId: "" };
    const internet = { gatewayId: "igw-0123456789abcdef0", natGatewayId: "" };
    const nat = { gatewayId: "", natGatewayId: "nat-0123456789abcdef0" };
    const routes =
      routeTableId === publicRouteTableId
        ? [
            local,
            { cidrBlock: "0.0.0.0/0", ipv6CidrBlock: "", ...internet },
            { cidrBlock: "", ipv6CidrBlock: "::/0", ...internet },
          ]
        : [local, { cidrBlock: "0.0.0.0/0", ipv6CidrBlock: "", ...nat }];
    return { id: String(routeTableId), routeTableId: String(routeTableId), routes };
  },
};
