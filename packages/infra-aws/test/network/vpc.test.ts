/** Shows how the network is declared. What that means for who reaches whom, reachability.test.ts computes. */
import { test } from "tap";
import { ofType, one, record } from "../configurations.ts";

test("a VPC of its own, with names and IPv6, and a default group that admits nothing", async (t) => {
  const program = await record("least");
  t.hasStrict(one(program, "ec2/vpc:Vpc").inputs, {
    cidrBlock: "10.0.0.0/16",
    enableDnsHostnames: true,
    enableDnsSupport: true,
    assignGeneratedIpv6CidrBlock: true,
  });
  const { ingress, egress } = one(program, "ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs;
  t.strictSame({ ingress, egress }, { ingress: undefined, egress: undefined });
});

test("subnets are spread over the zones: public ones dual-stack, private ones without IPv6", async (t) => {
  const subnets = ofType(await record("threeZones"), "ec2/subnet:Subnet").map(({ name, inputs }) => {
    const { availabilityZone, cidrBlock, ipv6CidrBlock, mapPublicIpOnLaunch } = inputs;
    return [name, availabilityZone, cidrBlock, ipv6CidrBlock, mapPublicIpOnLaunch];
  });
  t.strictSame(subnets.toSorted(), [
    ["sorted-private-1", "eu-central-1a", "10.0.0.0/20", undefined, false],
    ["sorted-private-2", "eu-central-1b", "10.0.16.0/20", undefined, false],
    ["sorted-private-3", "eu-central-1c", "10.0.32.0/20", undefined, false],
    ["sorted-public-1", "eu-central-1a", "10.0.128.0/20", "2001:db8:1234:1a00::/64", false],
    ["sorted-public-2", "eu-central-1b", "10.0.144.0/20", "2001:db8:1234:1a01::/64", false],
    ["sorted-public-3", "eu-central-1c", "10.0.160.0/20", "2001:db8:1234:1a02::/64", false],
  ]);
});

test("zones that AWS lists anew do not move a subnet", async (t) => {
  for (const { options } of ofType(await record("least"), "ec2/subnet:Subnet")) {
    t.strictSame(options.ignoreChanges, ["availabilityZone"]);
  }
});

test("more zones than the region has are refused", async (t) => {
  await t.rejects(record({ zones: 4 }), /sorted-aws:zones must be 3 or less in eu-central-1, and is 4$/);
});

function natOfZones(program: Awaited<ReturnType<typeof record>>) {
  return ofType(program, "ec2/route:Route")
    .filter(({ name }) => name.startsWith("sorted-private"))
    .map(({ name, inputs: { natGatewayId } }) => [name, natGatewayId]);
}

test("nat single: every zone goes out through one gateway", async (t) => {
  t.strictSame(natOfZones(await record("least")), [
    ["sorted-private-1", "sorted-nat-1-id"],
    ["sorted-private-2", "sorted-nat-1-id"],
  ]);
});

test("nat perZone: each zone goes out through its own gateway, in its own public subnet", async (t) => {
  const program = await record("threeZones");
  t.strictSame(natOfZones(program), [
    ["sorted-private-1", "sorted-nat-1-id"],
    ["sorted-private-2", "sorted-nat-2-id"],
    ["sorted-private-3", "sorted-nat-3-id"],
  ]);
  t.strictSame(
    ofType(program, "ec2/natGateway:NatGateway").map(({ inputs: { subnetId } }) => subnetId),
    ["sorted-public-1-id", "sorted-public-2-id", "sorted-public-3-id"],
  );
});

test("nat none: endpoints for images, logs and Session Manager, as every region has them, in every private subnet", async (t) => {
  const program = await record("noNat");
  const endpoints = ofType(program, "ec2/vpcEndpoint:VpcEndpoint");
  const interfaces = endpoints.filter(({ inputs }) => inputs["vpcEndpointType"] === "Interface");
  t.strictSame(
    interfaces.map(({ inputs: { serviceName } }) => serviceName),
    ["ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages"].map(
      (service) => `com.amazonaws.eu-central-1.${service}`,
    ),
  );
  for (const { inputs } of interfaces) {
    t.hasStrict(inputs, {
      privateDnsEnabled: true,
      subnetIds: ["sorted-private-1-id", "sorted-private-2-id"],
      securityGroupIds: ["sorted-endpoints-id"],
    });
  }
});

test("nat none: through S3 come the layers of images and the packages of Amazon Linux, nothing else", async (t) => {
  const { policy } = one(await record("noNat"), "ec2/vpcEndpoint:VpcEndpoint", "sorted-s3").inputs;
  t.hasStrict(JSON.parse(String(policy)), {
    Statement: [
      {
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: [
          "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
          "arn:aws:s3:::al2023-repos-eu-central-1-de612dc2/*",
        ],
      },
    ],
  });
});

test("with NAT, images may also lie in S3 elsewhere: its gateway restricts nothing", async (t) => {
  const s3 = one(await record("least"), "ec2/vpcEndpoint:VpcEndpoint");
  t.hasStrict(s3.inputs, {
    vpcEndpointType: "Gateway",
    serviceName: "com.amazonaws.eu-central-1.s3",
    routeTableIds: ["sorted-private-1-id", "sorted-private-2-id"],
    policy: undefined,
  });
});

test("flow logs: rejected connections, all, or none", async (t) => {
  const least = await record("least");
  t.hasStrict(one(least, "ec2/flowLog:FlowLog").inputs, { trafficType: "REJECT", vpcId: "sorted-id" });
  t.hasStrict(one(least, "cloudwatch/logGroup:LogGroup", "sorted-flow").inputs, { retentionInDays: 30 });
  t.hasStrict(one(await record("everything"), "ec2/flowLog:FlowLog").inputs, { trafficType: "ALL" });
  t.strictSame(ofType(await record({ flowLogs: "none" }), "ec2/flowLog:FlowLog"), []);
});
