/** A network that exists: what AWS says about it decides whether the program fits in. */
import { type GetRouteTableResult, getRouteTable } from "@pulumi/aws/ec2/getRouteTable.js";
import { getRouteTables } from "@pulumi/aws/ec2/getRouteTables.js";
import { type GetSubnetResult, getSubnet } from "@pulumi/aws/ec2/getSubnet.js";
import { getVpc } from "@pulumi/aws/ec2/getVpc.js";
import { output } from "@pulumi/pulumi";
import { wrongSettings } from "@sorted/infra-kit";
import { lookedUp } from "../resources/look-up.ts";
import type { ZoneLimit } from "./availability-zones.ts";
import { internetOnly, type Placement } from "./placement.ts";

/** The settings that name it. */
export interface ExistingIds {
  readonly vpcId: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  /** Whether the load balancer is for clients in the VPC only, so that its subnets need not lead out. Default: false. */
  readonly internal?: boolean;
}

/** One subnet, as AWS has it. */
interface Found {
  readonly id: string;
  readonly subnet: GetSubnetResult;
  readonly routes: GetRouteTableResult["routes"];
}

/**
 * A network that exists: nothing is declared for it. Its public subnets must have IPv6 ranges and lead to the Internet. Its
 * private subnets must reach the image's registry, the distribution's packages, CloudWatch Logs and Systems Manager on
 * port 443.
 *
 * @param ids of the VPC, and of subnets in two or more zones
 * @param limit what the zones of the private subnets must have
 * @throws {pulumi.RunError} that names the settings that are wrong, and the subnets
 * @example
 * await existingNetwork({ vpcId: "vpc-…", publicSubnetIds: ["subnet-…", "subnet-…"], privateSubnetIds: [] })
 */
export async function existingNetwork(ids: ExistingIds, limit?: ZoneLimit): Promise<Placement> {
  const { vpcId } = ids;
  const { mainRouteTableId } = await lookedUp(`vpcId ${vpcId}`, getVpc({ id: vpcId }));
  const look = (setting: "publicSubnetIds" | "privateSubnetIds") =>
    Promise.all(ids[setting].map((id) => find(setting, id, mainRouteTableId)));
  const outside = await look("publicSubnetIds");
  const inside = await look("privateSubnetIds");
  const mistakes = [
    ...[...(ids.internal ? [] : outside.flatMap(publicMistakes)), ...zonesTwice(outside)].map(
      (what) => `publicSubnetIds ${what}`,
    ),
    ...inside.flatMap((found) => privateMistakes(found, limit)).map((what) => `privateSubnetIds ${what}`),
    ...inOneZone("publicSubnetIds", outside),
    ...inOneZone("privateSubnetIds", inside),
  ];
  for (const [setting, tier] of Object.entries({ publicSubnetIds: outside, privateSubnetIds: inside })) {
    for (const { id, subnet } of tier) {
      if (subnet.vpcId !== vpcId) mistakes.push(`${setting} ${id} is in ${subnet.vpcId}, not in ${vpcId}`);
    }
  }
  if (mistakes.length > 0) throw wrongSettings(mistakes);
  return {
    vpcId: output(vpcId),
    publicSubnetIds: ids.publicSubnetIds.map((id) => output(id)),
    privateSubnetIds: ids.privateSubnetIds.map((id) => output(id)),
    publicCidrs: outside.map(({ subnet }) => subnet.cidrBlock),
    wayOut: internetOnly,
    internet: [],
    ready: [],
  };
}

async function find(setting: string, id: string, mainRouteTableId: string): Promise<Found> {
  const subnet = await lookedUp(`${setting} ${id}`, getSubnet({ id }));
  // A subnet without a table of its own has the VPC's main one.
  const { ids } = await getRouteTables({ filters: [{ name: "association.subnet-id", values: [id] }] });
  const { routes } = await getRouteTable({ routeTableId: ids[0] ?? mainRouteTableId });
  return { id, subnet, routes };
}

function publicMistakes({ id, subnet, routes }: Found): readonly string[] {
  const leads = (everywhere: "0.0.0.0/0" | "::/0") =>
    routes.some(
      ({ cidrBlock, ipv6CidrBlock, gatewayId }) =>
        [cidrBlock, ipv6CidrBlock].includes(everywhere) && gatewayId.startsWith("igw-"),
    );
  const mistakes: string[] = [];
  if (!subnet.ipv6CidrBlock) mistakes.push(`${id} must be dual-stack, and has no IPv6 range`);
  for (const everywhere of ["0.0.0.0/0", "::/0"] as const) {
    if (!leads(everywhere)) {
      mistakes.push(`${id} must have a route for ${everywhere} to an internet gateway, and has none`);
    }
  }
  return mistakes;
}

function privateMistakes({ id, subnet, routes }: Found, limit: ZoneLimit | undefined): readonly string[] {
  const out = routes.find(({ cidrBlock }) => cidrBlock === "0.0.0.0/0");
  const mistakes: string[] = [];
  if (!out) {
    mistakes.push(`${id} must have a route for 0.0.0.0/0, as through a NAT gateway, and has none`);
  } else if (out.gatewayId.startsWith("igw-")) {
    // Instances have no public address, without which an internet gateway passes nothing on.
    mistakes.push(`${id} must reach the Internet through NAT, and has a route to an internet gateway`);
  }
  if (limit && !limit.zones.has(subnet.availabilityZone)) {
    mistakes.push(`${id} is in ${subnet.availabilityZone}, which has no ${limit.what}`);
  }
  return mistakes;
}

/** A load balancer takes one subnet of each zone. */
function zonesTwice(tier: readonly Found[]): readonly string[] {
  return tier.flatMap(({ id, subnet: { availabilityZone } }, index) => {
    const before = tier.slice(0, index).find(({ subnet }) => subnet.availabilityZone === availabilityZone);
    return before ? [`${before.id} and ${id} are both in ${availabilityZone}`] : [];
  });
}

function inOneZone(setting: string, tier: readonly Found[]): readonly string[] {
  const zones = new Set(tier.map(({ subnet }) => subnet.availabilityZone));
  return tier.length > 1 && zones.size === 1
    ? [`${setting} must name subnets in two or more zones, and all are in ${[...zones].join()}`]
    : [];
}
