/** Shows that each component works in a program that has none of the others, imported as such a program would. */

import { output } from "@pulumi/pulumi";
import { existingNetwork } from "@sorted/infra-aws/existing-network";
import { Fleet } from "@sorted/infra-aws/fleet";
import { ServerlessFunction } from "@sorted/infra-aws/function";
import { FunctionAddress } from "@sorted/infra-aws/function-url";
import { Image } from "@sorted/infra-aws/image";
import { Ingress } from "@sorted/infra-aws/ingress";
import { Network } from "@sorted/infra-aws/network";
import { Observability } from "@sorted/infra-aws/observability";
import { internetOnly } from "@sorted/infra-aws/placement";
import { FunctionTarget } from "@sorted/infra-aws/target-group";
import { recordProgram } from "@sorted/infra-check";
import { aws } from "@sorted/infra-check/aws";
import { test } from "tap";

const region = "eu-central-1";

/** The types that a program declares, with the names. */
async function declared(run: () => unknown) {
  const { resources } = await recordProgram({ cloud: aws, config: { "aws:region": region }, run });
  return resources.filter(({ custom }) => custom).map(({ type, name }) => `${type} ${name}`);
}

test("a network", async (t) => {
  const args = {
    region,
    vpcCidr: "10.1.0.0/16",
    zones: ["a", "b"],
    nat: "none",
    flowLogs: "none",
    logRetentionDays: 1,
  } as const;
  const resources = await declared(() => void new Network("mine", args));
  t.ok(resources.includes("aws:ec2/vpc:Vpc mine"));
});

test("two networks in one program do not clash", async (t) => {
  const args = { region, zones: ["a", "b"], nat: "single", flowLogs: "all", logRetentionDays: 1 } as const;
  const resources = await declared(() => {
    new Network("one", { ...args, vpcCidr: "10.1.0.0/16" });
    new Network("two", { ...args, vpcCidr: "10.2.0.0/16" });
  });
  t.equal(resources.length % 2, 0);
  t.equal(resources.filter((resource) => / one(-|$)/.test(resource)).length, resources.length / 2);
});

test("an ingress, in a network that exists", async (t) => {
  const args = {
    allowedRanges: ["0.0.0.0/0"],
    targets: { port: 8080, readyPath: "/ready", deregistrationDelaySeconds: 10 },
    publicMetrics: false,
    protect: false,
  };
  const resources = await declared(async () => {
    const { vpcId, publicSubnetIds } = await existingNetwork({
      vpcId: "vpc-0123456789abcdef0",
      publicSubnetIds: ["subnet-00000000000000001", "subnet-00000000000000002"],
      privateSubnetIds: [],
    });
    new Ingress("mine", { ...args, vpcId, subnetIds: publicSubnetIds });
  });
  t.strictSame(resources.toSorted(), [
    "aws:ec2/securityGroup:SecurityGroup mine-balancer",
    "aws:lb/listener:Listener mine-http",
    "aws:lb/listenerRule:ListenerRule mine-metrics",
    "aws:lb/loadBalancer:LoadBalancer mine",
    "aws:lb/targetGroup:TargetGroup mine",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule mine-clients-80-1",
  ]);
});

test("an image", async (t) => {
  const args = { architecture: "arm64", context: ".", dockerfile: "Dockerfile", protect: false } as const;
  t.strictSame((await declared(() => void new Image("mine", args))).toSorted(), [
    "aws:ecr/lifecyclePolicy:LifecyclePolicy mine",
    "aws:ecr/repository:Repository mine",
    "docker-build:index:Image mine",
  ]);
});

test("a fleet, behind a load balancer of one's own", async (t) => {
  const resources = await declared(
    () =>
      void new Fleet("mine", {
        placement: {
          vpcId: output("vpc-1"),
          privateSubnetIds: [output("subnet-1")],
          wayOut: internetOnly,
          ready: [],
        },
        ingress: {
          securityGroupId: "sg-1",
          targetGroupArn: "arn:aws:elasticloadbalancing:::targetgroup/mine",
          loadBalancerArnSuffix: "app/mine/1",
          targetGroupArnSuffix: "targetgroup/mine/1",
          ready: [],
        },
        logGroup: { name: "mine", arn: "arn:aws:logs:::log-group:mine" },
        region,
        port: 80,
        container: {
          name: "mine",
          image: "ghcr.io/mine/mine@sha256:0",
          hostPort: 80,
          containerPort: 8080,
          environment: {},
          memoryMiB: 256,
          stopSeconds: 10,
        },
        architecture: "x86_64",
        instanceTypes: ["t3.micro"],
        volumeGiB: 8,
        minInstances: 1,
        maxInstances: 1,
        target: { cpuPercent: 50 },
        spot: false,
        stopSeconds: 10,
        tags: {},
      }),
  );
  t.ok(resources.includes("aws:autoscaling/group:Group mine"));
});

test("observability, of a load balancer and a group that exist", async (t) => {
  const monitored = {
    region,
    balancer: { loadBalancerArnSuffix: "app/mine/1", targetGroupArnSuffix: "targetgroup/mine/1" },
    autoScalingGroupName: "mine",
    logGroupName: "mine",
    latencyAlarmMs: 100,
  };
  t.equal((await declared(() => void new Observability("mine", monitored))).length, 6);
});

const functionArgs = {
  image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/mine@sha256:0",
  architecture: "arm64",
  memoryMiB: 512,
  timeoutSeconds: 10,
  environment: {},
  logGroup: { name: "mine", arn: "arn:aws:logs:::log-group:mine" },
  warmInstances: 0,
  ready: [],
} as const;

test("a function, that nothing leads to yet", async (t) => {
  t.strictSame((await declared(() => void new ServerlessFunction("mine", functionArgs))).toSorted(), [
    "aws:iam/role:Role mine",
    "aws:iam/rolePolicy:RolePolicy mine",
    "aws:lambda/alias:Alias mine",
    "aws:lambda/function:Function mine",
  ]);
});

test("the ways to a function: an address of its own, and a target group that exists", async (t) => {
  const resources = await declared(() => {
    const { alias } = new ServerlessFunction("mine", functionArgs);
    new FunctionAddress("mine", { alias });
    new FunctionTarget("mine", { alias, targetGroupArn: "arn:aws:elasticloadbalancing:::targetgroup/mine" });
  });
  for (const type of [
    "lambda/functionUrl:FunctionUrl",
    "lambda/permission:Permission",
    "lb/targetGroupAttachment:TargetGroupAttachment",
  ]) {
    t.ok(resources.includes(`aws:${type} mine`), type);
  }
});
