/**
 * Shows what a recorded resource of AWS computes: like AWS's in form, so that programs go on with it, and plainly not real.
 * Can't show that AWS computes the same.
 */
import { test } from "tap";
import { ZONES } from "../../src/aws/account/offers.ts";
import { awsCalls } from "../../src/aws/calls.ts";
import { declared } from "../../src/aws/cloud.ts";
import type { Properties } from "../../src/recorder/value.ts";

/** What is computed beyond the inputs. */
function computed(type: string, inputs: Properties = {}): Properties {
  const { outputs } = declared(type, "thing", inputs);
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !(name in inputs)));
}

test("every resource of AWS has an ARN and a name, unless it is given one", async (t) => {
  const arn = "arn:aws:sns:eu-central-1:123456789012:topic/thing";
  t.strictSame(computed("aws:sns/topic:Topic"), { name: "thing", arn });
  t.strictSame(declared("aws:sns/topic:Topic", "thing", { name: "mine" }).outputs, { name: "mine", arn });
});

test("what programs read of a resource", async (t) => {
  t.match(computed("aws:ec2/vpc:Vpc", { assignGeneratedIpv6CidrBlock: true }), { ipv6CidrBlock: /::\/56$/ });
  t.notHas(computed("aws:ec2/vpc:Vpc"), { ipv6CidrBlock: String });
  t.match(computed("aws:ec2/eip:Eip"), { allocationId: "thing-id" });
  t.match(computed("aws:ec2/launchTemplate:LaunchTemplate"), { latestVersion: 1 });
  const service = { serviceName: "com.amazonaws.eu-central-1.s3" };
  t.match(computed("aws:ec2/vpcEndpoint:VpcEndpoint", service), { prefixListId: "pl-s3" });
  t.notHas(computed("aws:ec2/vpcEndpoint:VpcEndpoint", { ...service, vpcEndpointType: "Interface" }), {
    prefixListId: String,
  });
  t.match(computed("aws:ecr/repository:Repository"), {
    repositoryUrl: /\.dkr\.ecr\.eu-central-1\..*\/thing$/,
  });
  t.match(computed("aws:lb/loadBalancer:LoadBalancer"), {
    arnSuffix: /^app\/thing\//,
    dnsName: /\.elb\.amazonaws\.com$/,
  });
  t.match(computed("aws:lb/targetGroup:TargetGroup"), { arnSuffix: /^targetgroup\/thing\// });
  t.match(computed("aws:acm/certificate:Certificate", { domainName: "a.example" }), {
    domainValidationOptions: [{ domainName: "a.example", resourceRecordType: "CNAME" }],
  });
  t.match(computed("aws:route53/record:Record", { name: "a.example" }), { fqdn: "a.example" });
  t.match(computed("aws:s3/bucket:Bucket"), { bucket: "thing", arn: "arn:aws:s3:::thing" });
});

test("the data sources that programs ask", async (t) => {
  const answer = (token: string, inputs: Properties = {}) => awsCalls[token]?.(inputs);
  t.match(answer("aws:index/getAvailabilityZones:getAvailabilityZones"), { names: [...ZONES] });
  t.match(answer("aws:index/getCallerIdentity:getCallerIdentity"), { accountId: /^\d{12}$/ });
  t.match(answer("aws:ssm/getParameter:getParameter", { name: "/ami" }), {
    name: "/ami",
    value: /^ami-[0-9a-f]{17}$/,
  });
  t.match(answer("aws:ecr/getAuthorizationToken:getAuthorizationToken"), {
    userName: "AWS",
    proxyEndpoint: /^https:/,
  });
});
