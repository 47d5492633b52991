/** The translation that cfn-lint reads. cfn-lint itself says beside the program that AWS knows every property of it. */
import { test } from "tap";
import { declared } from "../../../src/aws/cloud.ts";
import { toCloudFormation } from "../../../src/aws/cloud-formation/template.ts";
import type { RecordedResource } from "../../../src/recorder/monitor.ts";
import type { Properties } from "../../../src/recorder/value.ts";

/** A declared resource with inputs that refer to others. */
function referring(
  type: string,
  name: string,
  inputs: Properties,
  referred: Readonly<Record<string, RecordedResource>>,
): RecordedResource {
  const resource = declared(type, name, inputs);
  const propertyDependencies = Object.fromEntries(
    Object.entries(referred).map(([property, { urn }]) => [property, [urn]]),
  );
  return { ...resource, options: { ...resource.options, propertyDependencies } };
}

function resourcesOf(...records: readonly RecordedResource[]): unknown {
  return JSON.parse(toCloudFormation(records).text).Resources;
}

const bucket = declared("aws:s3/bucket:Bucket", "sorted-access-logs", { tags: { Name: "logs" } });
const balancer = declared("aws:lb/loadBalancer:LoadBalancer", "sorted", { internal: false, idleTimeout: 60 });

test("names get CloudFormation's capitals, and tags its form", async (t) => {
  const vpc = declared("aws:ec2/vpc:Vpc", "sorted", { cidrBlock: "10.0.0.0/16", tags: { "a-b": "c" } });
  t.strictSame(resourcesOf(vpc), {
    VpcSorted: {
      Type: "AWS::EC2::VPC",
      Properties: { CidrBlock: "10.0.0.0/16", Tags: [{ Key: "a-b", Value: "c" }] },
    },
  });
});

test("what is a resource of its own for Pulumi only becomes part of another one", async (t) => {
  const block = referring(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "sorted",
    { bucket: "sorted-access-logs", blockPublicAcls: true },
    { bucket },
  );
  t.strictSame(resourcesOf(bucket, block), {
    BucketSortedAccessLogs: {
      Type: "AWS::S3::Bucket",
      Properties: {
        Tags: [{ Key: "Name", Value: "logs" }],
        PublicAccessBlockConfiguration: { BlockPublicAcls: true },
      },
    },
  });
});

test("what is a property for Pulumi only becomes a resource of its own", async (t) => {
  const vpc = declared("aws:ec2/vpc:Vpc", "sorted", { assignGeneratedIpv6CidrBlock: true });
  t.match(resourcesOf(vpc), {
    VpcSortedBeside: {
      Type: "AWS::EC2::VPCCidrBlock",
      Properties: { AmazonProvidedIpv6CidrBlock: true, VpcId: { Ref: "VpcSorted" } },
    },
  });
});

test("what another resource computes becomes a reference, by the attribute that has it", async (t) => {
  const address = declared("aws:ec2/eip:Eip", "nat", {});
  const role = declared("aws:iam/role:Role", "sorted", { assumeRolePolicy: "{}" });
  const found = resourcesOf(
    bucket,
    balancer,
    address,
    role,
    referring(
      "aws:lb/listener:Listener",
      "a",
      { loadBalancerArn: balancer.outputs["arn"] ?? "" },
      { loadBalancerArn: balancer },
    ),
    referring("aws:ec2/natGateway:NatGateway", "b", { allocationId: "nat-id" }, { allocationId: address }),
    referring(
      "aws:ec2/flowLog:FlowLog",
      "c",
      { iamRoleArn: role.outputs["arn"] ?? "" },
      { iamRoleArn: role },
    ),
    referring(
      "aws:route53/record:Record",
      "d",
      { aliases: [{ name: balancer.outputs["dnsName"] ?? "", zoneId: balancer.outputs["zoneId"] ?? "" }] },
      { aliases: balancer },
    ),
    declared("aws:s3/bucketPolicy:BucketPolicy", "e", { bucket: "sorted-access-logs", policy: "{}" }),
  );
  t.match(found, {
    ListenerA: { Properties: { LoadBalancerArn: { Ref: "LoadBalancerSorted" } } },
    NatGatewayB: { Properties: { AllocationId: { "Fn::GetAtt": ["EipNat", "AllocationId"] } } },
    FlowLogC: { Properties: { DeliverLogsPermissionArn: { "Fn::GetAtt": ["RoleSorted", "Arn"] } } },
    RecordD: {
      Properties: {
        AliasTarget: {
          DNSName: { "Fn::GetAtt": ["LoadBalancerSorted", "DNSName"] },
          HostedZoneId: { "Fn::GetAtt": ["LoadBalancerSorted", "CanonicalHostedZoneID"] },
        },
      },
    },
    BucketPolicyE: { Properties: { Bucket: "sorted-access-logs" } },
  });
});

test("names that are not AWS's stay: of variables, and within policies", async (t) => {
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Condition: { Bool: { "aws:SecureTransport": "false" } } }],
  };
  t.match(
    resourcesOf(
      declared("aws:lambda/function:Function", "sorted", { environment: { variables: { port: "1" } } }),
      declared("aws:s3/bucketPolicy:BucketPolicy", "sorted", { bucket: "b", policy: JSON.stringify(policy) }),
    ),
    {
      FunctionSorted: { Properties: { Environment: { Variables: { port: "1" } } } },
      BucketPolicySorted: { Properties: { PolicyDocument: policy } },
    },
  );
});

test("what a load balancer has as properties for Pulumi are attributes by AWS's names", async (t) => {
  t.match(resourcesOf(balancer), {
    LoadBalancerSorted: {
      Properties: {
        Scheme: "internet-facing",
        LoadBalancerAttributes: [{ Key: "idle_timeout.timeout_seconds", Value: "60" }],
      },
    },
  });
});

test("each condition of a listener's rule is named by its field", async (t) => {
  const rule = declared("aws:lb/listenerRule:ListenerRule", "sorted", {
    actions: [{ type: "fixed-response", fixedResponse: { statusCode: "404" } }],
    conditions: [{ pathPattern: { values: ["/a"] } }, { hostHeader: { values: ["b"] } }],
  });
  t.match(resourcesOf(rule), {
    ListenerRuleSorted: {
      Properties: {
        Actions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
        Conditions: [
          { Field: "path-pattern", PathPatternConfig: { Values: ["/a"] } },
          { Field: "host-header", HostHeaderConfig: { Values: ["b"] } },
        ],
      },
    },
  });
});

test("a type that the translation does not know is named", async (t) => {
  t.throws(
    () => toCloudFormation([declared("aws:ec2/host:Host", "x", {})]),
    /aws:ec2\/host:Host "x": .*its type is missing/,
  );
});
