/** Shows that a VPC and subnets that exist are looked up in a preview, and that what doesn't fit is named as the setting. */
import { mistakesOf, type Properties } from "@sorted/infra-check";
import { awsCalls } from "@sorted/infra-check/aws";
import { test } from "tap";
import { configurations, recordWith } from "../configurations.ts";

const { existingVpc } = configurations;
const [first = "", second = ""] = existingVpc.publicSubnetIds;
const [third = "", fourth = ""] = existingVpc.privateSubnetIds;

/** A data source whose answers for one ID are changed. */
function changed(name: "getSubnet" | "getRouteTable", id: string | undefined, change: Properties) {
  const token = `aws:ec2/${name}:${name}`;
  const answer = (args: Properties) => {
    const usual = awsCalls[token]?.(args) ?? {};
    return usual["id"] === id ? { ...usual, ...change } : usual;
  };
  return { [token]: answer };
}

const refused = (calls: Parameters<typeof recordWith>[1], own: Properties = {}) =>
  mistakesOf(recordWith({ ...existingVpc, ...own }, calls));

const route = (cidrBlock: string, target: Properties) => ({
  cidrBlock,
  ipv6CidrBlock: "",
  gatewayId: "",
  natGatewayId: "",
  ...target,
});

test("a VPC that fits is used, and its load balancer is believed by the ranges of its subnets", async (t) => {
  await t.resolves(recordWith(existingVpc, {}));
});

test("a wrong ID is named as the setting, with AWS's words", async (t) => {
  t.match(await refused({}, { vpcId: "vpc-00000000000000000" }), [
    /^sorted-aws:vpcId vpc-00000000000000000 can't be looked up: .*no matching EC2 VPC found/,
  ]);
  t.match(await refused({}, { publicSubnetIds: [first, "subnet-0000000000000000a"] }), [
    /^sorted-aws:publicSubnetIds subnet-0000000000000000a can't be looked up: .*no matching EC2 Subnet found/,
  ]);
  t.match(await refused({}, { privateSubnetIds: [third, "subnet-0000000000000000a"] }), [
    /^sorted-aws:privateSubnetIds subnet-0000000000000000a can't be looked up: /,
  ]);
});

test("every subnet must be in the VPC", async (t) => {
  t.strictSame(await refused(changed("getSubnet", third, { vpcId: "vpc-2" })), [
    `sorted-aws:privateSubnetIds ${third} is in vpc-2, not in ${existingVpc.vpcId}`,
  ]);
});

test("subnets must be in two or more zones, and public ones each in its own", async (t) => {
  t.strictSame(await refused(changed("getSubnet", second, { availabilityZone: "eu-central-1a" })), [
    `sorted-aws:publicSubnetIds ${first} and ${second} are both in eu-central-1a`,
    "sorted-aws:publicSubnetIds must name subnets in two or more zones, and all are in eu-central-1a",
  ]);
  t.strictSame(await refused(changed("getSubnet", fourth, { availabilityZone: "eu-central-1a" })), [
    "sorted-aws:privateSubnetIds must name subnets in two or more zones, and all are in eu-central-1a",
  ]);
});

test("the zones of private subnets must have the instance type", async (t) => {
  t.strictSame(await refused(changed("getSubnet", fourth, { availabilityZone: "eu-central-1x" })), [
    `sorted-aws:privateSubnetIds ${fourth} is in eu-central-1x, which has no t4g.small`,
  ]);
});

test("public subnets must be dual-stack, and lead to the Internet by both families", async (t) => {
  t.strictSame(await refused(changed("getSubnet", first, { ipv6CidrBlock: "" })), [
    `sorted-aws:publicSubnetIds ${first} must be dual-stack, and has no IPv6 range`,
  ]);
  const toGateway = route("0.0.0.0/0", { gatewayId: "igw-1" });
  t.strictSame(await refused(changed("getRouteTable", "rtb-00000000000000001", { routes: [toGateway] })), [
    `sorted-aws:publicSubnetIds ${first} must have a route for ::/0 to an internet gateway, and has none`,
    `sorted-aws:publicSubnetIds ${second} must have a route for ::/0 to an internet gateway, and has none`,
  ]);
});

test("with an internal load balancer its subnets need neither", async (t) => {
  const closed = changed("getSubnet", first, { ipv6CidrBlock: "" });
  t.strictSame(await refused(closed, { internal: true, allowedRanges: ["10.0.0.0/8"] }), []);
});

test("private subnets must have a way out, which is not an internet gateway", async (t) => {
  const main = "rtb-00000000000000000";
  t.strictSame(await refused(changed("getRouteTable", main, { routes: [] })), [
    `sorted-aws:privateSubnetIds ${third} must have a route for 0.0.0.0/0, as through a NAT gateway, and has none`,
    `sorted-aws:privateSubnetIds ${fourth} must have a route for 0.0.0.0/0, as through a NAT gateway, and has none`,
  ]);
  const toGateway = route("0.0.0.0/0", { gatewayId: "igw-1" });
  t.strictSame(await refused(changed("getRouteTable", main, { routes: [toGateway] })), [
    `sorted-aws:privateSubnetIds ${third} must reach the Internet through NAT, and has a route to an internet gateway`,
    `sorted-aws:privateSubnetIds ${fourth} must reach the Internet through NAT, and has a route to an internet gateway`,
  ]);
  const throughTransit = route("0.0.0.0/0", { transitGatewayId: "tgw-1" });
  await t.resolves(recordWith(existingVpc, changed("getRouteTable", main, { routes: [throughTransit] })));
});
