/** Shows what holds for the stack as a whole: tags, protection, outputs. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "tap";
import { isTaggable } from "../../src/tags/taggable.ts";
import { ofType, one, record } from "../configurations.ts";

/** Whether the SDK's class for a type passes a map of tags on. */
function takesTags(type: string): boolean {
  const [, module = "", file = ""] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
  const source = fileURLToPath(import.meta.resolve(`@pulumi/aws/${module}/${file}.js`));
  return readFileSync(source, "utf8").includes('resourceInputs["tags"]');
}

test("everything that takes tags has them, and nothing else", async (t) => {
  for (const configuration of ["domain", "noNat", "everything", "balancedFunction"] as const) {
    const { resources } = await record(configuration);
    for (const { type, name, inputs } of resources) {
      if (!type.startsWith("aws:") || type === "aws:autoscaling/group:Group") continue;
      t.equal(isTaggable(type), takesTags(type), type);
      if (isTaggable(type)) {
        t.hasStrict(inputs["tags"], { Name: name, Project: "sorted-aws", Stack: "test" }, `${type} ${name}`);
      } else {
        t.equal(inputs["tags"], undefined, type);
      }
    }
  }
});

test("instances, their disks and network interfaces have the tags too", async (t) => {
  const program = await record("everything");
  const tags = {
    Name: "sorted",
    Project: "sorted-aws",
    Stack: "test",
    Team: "search",
    Purpose: "sums = and more",
  };
  t.strictSame(
    one(program, "autoscaling/group:Group").inputs["tags"],
    Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
  );
  t.strictSame(one(program, "ec2/launchTemplate:LaunchTemplate").inputs["tagSpecifications"], [
    { resourceType: "instance", tags },
    { resourceType: "volume", tags },
    { resourceType: "network-interface", tags },
  ]);
});

test("without protection, destroy leaves nothing: full buckets and repositories go too", async (t) => {
  const program = await record("least");
  t.ok(program.resources.every(({ options }) => !options.protect && !options.retainOnDelete));
  t.hasStrict(one(program, "s3/bucket:Bucket").inputs, { forceDestroy: true });
  t.hasStrict(one(program, "ecr/repository:Repository").inputs, { forceDelete: true });
});

test("with protection nothing is deleted, by Pulumi or by AWS; an image that was pushed may be left behind", async (t) => {
  const program = await record("isProtected");
  for (const { type, urn, options } of program.resources) {
    t.equal(options.protect, type !== "docker-build:index:Image", urn);
  }
  t.hasStrict(one(program, "lb/loadBalancer:LoadBalancer").inputs, { enableDeletionProtection: true });
  t.hasStrict(one(program, "s3/bucket:Bucket").inputs, { forceDestroy: false });
  t.hasStrict(one(program, "ecr/repository:Repository").inputs, { forceDelete: false });
});

test("the outputs are what a user and an operator need", async (t) => {
  t.strictSame((await record("least")).outputs, {
    url: "http://sorted.eu-central-1.elb.amazonaws.com",
    dnsName: "sorted.eu-central-1.elb.amazonaws.com",
    imageUri: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@sha256:${"ab".repeat(32)}`,
    logGroupName: "sorted",
    accessLogBucket: "sorted-access-logs",
    autoScalingGroup: "sorted",
    functionName: null,
    dashboardUrl:
      "https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards:name=sorted-test-eu-central-1",
    vpcId: "sorted-id",
  });
});

test("no physical name is fixed but the dashboard's, so that anything can be replaced", async (t) => {
  const program = await record("everything");
  const named = program.resources.filter(
    ({ type, inputs }) => type.startsWith("aws:") && inputs["name"] !== undefined,
  );
  t.strictSame(
    named.map(({ type }) => type),
    [],
  );
  t.equal(ofType(program, "cloudwatch/dashboard:Dashboard").length, 1);
});
