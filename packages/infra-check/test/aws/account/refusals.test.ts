/** Shows that AWS's stand-in refuses what AWS refuses, by what is there when it is asked. */
import { type Test, test } from "tap";
import { awsFacts } from "../../../src/aws/facts.ts";
import { MemoryCloud } from "../../../src/engine/memory-cloud.ts";
import type { Properties } from "../../../src/recorder/value.ts";

const program = import.meta.resolve("../../../../infra-aws/index.ts");

/** A VPC with a subnet, before it has an internet gateway. */
async function network() {
  const aws = new MemoryCloud(awsFacts(program));
  const make = async (type: string, inputs: Properties = {}) =>
    (await aws.create({ type: `aws:${type}`, name: "a", inputs })).id;
  const vpcId = await make("ec2/vpc:Vpc");
  const subnetId = await make("ec2/subnet:Subnet", { vpcId, availabilityZone: "eu-central-1a" });
  return { make, vpcId, subnetId };
}

const refused = (t: Test, making: Promise<unknown>, message: RegExp) => t.rejects(making, { message });

test("what faces the Internet, before the VPC has an internet gateway", async (t) => {
  const { make, vpcId, subnetId } = await network();
  const balancer = { subnets: [subnetId] };
  await refused(
    t,
    make("lb/loadBalancer:LoadBalancer", balancer),
    /^InvalidSubnet: VPC a-1 has no internet gateway/,
  );
  await refused(t, make("ec2/natGateway:NatGateway", { subnetId }), /^Gateway\.NotAttached/);
  await refused(t, make("ec2/eip:Eip"), /^Gateway\.NotAttached/);
  await t.resolves(make("lb/loadBalancer:LoadBalancer", { ...balancer, internal: true }));
  await make("ec2/internetGateway:InternetGateway", { vpcId });
  await t.resolves(make("lb/loadBalancer:LoadBalancer", balancer));
  await t.resolves(make("ec2/natGateway:NatGateway", { subnetId }));
  await t.resolves(make("ec2/eip:Eip"));
});

test("what the region does not have: a zone, a service, an instance type", async (t) => {
  const { make, vpcId } = await network();
  await refused(
    t,
    make("ec2/subnet:Subnet", { vpcId, availabilityZone: "eu-central-1z" }),
    /InvalidParameterValue/,
  );
  const endpoint = { vpcId, vpcEndpointType: "Interface" };
  const service = (name: string) => ({ ...endpoint, serviceName: `com.amazonaws.eu-central-1.${name}` });
  await refused(t, make("ec2/vpcEndpoint:VpcEndpoint", service("ec2messages")), /InvalidServiceName/);
  await t.resolves(make("ec2/vpcEndpoint:VpcEndpoint", service("ssmmessages")));
  await refused(
    t,
    make("ec2/launchTemplate:LaunchTemplate", { instanceType: "t4g.smal" }),
    /InvalidInstanceType/,
  );
});

test("a change of the least number of instances, where the provider counts and scaling has added some", async (t) => {
  const aws = new MemoryCloud(awsFacts(program));
  const type = "aws:autoscaling/group:Group";
  const change = async (inputs: Properties) => {
    const wanted = { type, name: "a", inputs: { name: "a", minSize: 2, ...inputs } };
    const existing = { ...wanted, ...(await aws.create(wanted)) };
    aws.drift(type, "a", { desiredCapacity: 4 });
    return aws.update(existing, { ...wanted.inputs, minSize: 3 });
  };
  await refused(t, change({}), /^Need exactly 3 healthy instances in ASG, have 4$/);
  await t.resolves(change({ waitForCapacityTimeout: "0" }));
});
