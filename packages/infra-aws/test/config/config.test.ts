/** Shows that wrong settings stop a preview by name, and that Pulumi.yaml and the examples say what the program does. */
import { readFileSync } from "node:fs";
import { mistakesOf, readSettings } from "@sorted/infra-check";
import { settingChecks } from "@sorted/infra-kit/test/setting-checks";
import { test } from "tap";
import { parse } from "yaml";
import { readConfig, settings } from "../../src/config/config.ts";
import { configurations } from "../configurations.ts";

/** The settings that the program reads from a stack's configuration. */
const read = (config: Readonly<Record<string, unknown>>) => readSettings("sorted-aws", config, readConfig);

const readWith = (config: Readonly<Record<string, unknown>>) =>
  read({ "aws:region": "eu-central-1", ...config });

/** What a wrong configuration is answered with. */
const mistakesWith = (config: Readonly<Record<string, unknown>>) => mistakesOf(readWith(config));

settingChecks({ project: new URL("../../Pulumi.yaml", import.meta.url), settings, readWith });

test("a new stack needs aws:region and nothing else", async (t) => {
  await t.resolves(readWith({}));
  await t.rejects(read({}), {
    message: "aws:region is not set. Set it, as in: pulumi config set aws:region eu-central-1",
  });
});

test("only regions of the partition aws will do: elsewhere names and ARNs differ", async (t) => {
  for (const region of ["us-east-1", "ap-southeast-4", "ca-west-1"]) {
    await t.resolves(read({ "aws:region": region }), region);
  }
  for (const region of ["cn-north-1", "us-gov-west-1", "eusc-de-east-1", "Frankfurt"]) {
    await t.rejects(
      read({ "aws:region": region }),
      /aws:region must be a region of the partition aws/,
      region,
    );
  }
});

test("every configuration of the tests, and every example, fits", async (t) => {
  for (const [name, config] of Object.entries(configurations))
    t.strictSame(await mistakesWith(config), [], name);
  for (const example of ["try", "production"]) {
    const path = new URL(`../../Pulumi.${example}.example.yaml`, import.meta.url);
    const { config } = parse(readFileSync(path, "utf8"));
    await t.resolves(read(config), example);
  }
});

const subnets = {
  publicSubnetIds: ["subnet-00000000000000001", "subnet-00000000000000002"],
  privateSubnetIds: ["subnet-00000000000000003", "subnet-00000000000000004"],
};

/** A wrong value and what is said of it; names are in front of what is said. */
const wrong: readonly [config: Record<string, unknown>, message: string][] = [
  [{ zone: 3 }, "zone is not a setting of this program"],
  [{ vpcCidr: "10.0.0.0/8" }, "vpcCidr must be a private IPv4 range from /16 to /23, such as 10.0.0.0/16"],
  [{ vpcCidr: "8.8.0.0/16" }, "vpcCidr must be a private IPv4 range from /16 to /23, such as 10.0.0.0/16"],
  [{ zones: 1 }, "zones must be an integer from 2 to 6"],
  [{ zones: "two" }, "zones must be an integer from 2 to 6"],
  [{ zones: 2.5 }, "zones must be an integer from 2 to 6"],
  [{ nat: "off" }, "nat must be one of none, single, perZone"],
  [{ accessLogs: "yes" }, "accessLogs must be true or false"],
  [{ ...subnets, vpcId: "vpc" }, "vpcId must be the ID of a VPC, such as vpc-0123456789abcdef0"],
  [
    { allowedRanges: ["10.0.0.1/8"] },
    "allowedRanges must be an array of IPv4 or IPv6 ranges, such as 0.0.0.0/0 or ::/0",
  ],
  [
    { allowedRanges: "10.0.0.0/8" },
    "allowedRanges must be an array of IPv4 or IPv6 ranges, such as 0.0.0.0/0 or ::/0",
  ],
  [{ allowedRanges: [] }, "allowedRanges must name at least one range"],
  [
    { imageUri: "sorted:latest" },
    "imageUri must be an image by digest: registry/name@sha256: and 64 hexadecimal digits",
  ],
  [{ imageDigest: "latest" }, "imageDigest must be sha256: and 64 hexadecimal digits"],
  [{ logRetentionDays: 31 }, "logRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90"],
  [
    { apiKeyHashes: ["a key"] },
    "apiKeyHashes must be an array of SHA-256 hashes of keys, 64 hexadecimal digits",
  ],
  [{ environment: ["API_KEYS=a key"] }, "environment must be an array of NAME=value; HOST, PORT, "],
  [{ environment: ["PORT=80"] }, "environment must be an array of NAME=value; HOST, PORT, "],
  [{ environment: ["lower=1"] }, "environment must be an array of NAME=value; "],
  [{ environment: ["A=1\nPORT=80"] }, "environment must be an array of NAME=value; "],
  [{ rolePath: "teams/search" }, "rolePath must be a path with a slash at both ends, such as /teams/search/"],
  [{ permissionsBoundaryArn: "boundary" }, "permissionsBoundaryArn must be the ARN of a policy, such as "],
  [
    { kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:alias/mine" },
    "kmsKeyArn must be the ARN of a key in KMS, not of an alias",
  ],
  [{ tags: ["Team"] }, "tags must be an array of Name=value"],
  [{ tags: ["aws:x=y"] }, "tags must be an array of Name=value"],
  [
    { tags: ["Name=x"] },
    "tags must be an array of Name=value; Name, Project and Stack are the program's own",
  ],
  [{ allowedRanges: ["2001:db8::/48", "2001:DB8::/48"] }, "allowedRanges has 2001:db8::/48 twice"],
  [{ environment: ["METRICS=true"] }, "environment must be an array of NAME=value; HOST, PORT, "],
  [{ environment: ["LOG_LEVEL=warn", "LOG_LEVEL=info"] }, "environment has LOG_LEVEL twice"],
  [{ shutdownDelaySeconds: 5 }, "shutdownDelaySeconds must be an integer from 15 to 300"],
];

for (const [config, message] of wrong) {
  test(`refused: ${JSON.stringify(config)}`, async (t) => {
    const [only = "", ...others] = await mistakesWith(config);
    t.ok(only.startsWith(`sorted-aws:${message}`), only);
    t.strictSame(others, []);
  });
}

const vpcId = "vpc-0123456789abcdef0";
const digest = `sha256:${"0".repeat(64)}`;
const arn = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`;

/** Settings that are good alone and do not fit together. */
const unfit: readonly [config: Record<string, unknown>, ...messages: string[]][] = [
  [{ requestsPerMinute: 5000 }, "requestsPerMinute has an effect only with scaleOn requests"],
  [{ scaleOn: "requests", cpuPercent: 60 }, "cpuPercent has an effect only with scaleOn cpu"],
  [
    { instanceTypes: ["t4g.small", "t4g.medium"] },
    "instanceTypes must be one without spot, where AWS uses only the first",
  ],
  [{ onDemandBase: 1 }, "onDemandBase has an effect only with spot true"],
  [{ spot: true, onDemandBase: 5 }, "onDemandBase must not be more than maxInstances"],
  [{ monthlyBudgetUsd: 100 }, "monthlyBudgetUsd has an effect only with alarmEmail"],
  [
    { compute: "serverless", internal: true },
    "internal has an effect only with compute fleet or with endpoint loadBalancer",
  ],
  [{ kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/0123" }, "kmsKeyArn must be a key in eu-central-1"],
  [
    { compute: "serverless", environment: ["AWS_PROFILE=x"] },
    "environment can't set AWS_… or LAMBDA_…, which Lambda reserves",
  ],
  [
    { imageUri: `123456789012.dkr-ecr.eu-central-1.on.aws/sorted@${digest}` },
    "imageUri must name ECR as 123456789012.dkr.ecr.REGION.amazonaws.com: hosts log in to that only",
  ],
  [{ minInstances: 5 }, "maxInstances must not be less than minInstances"],
  [
    { nat: "none", imageUri: `ghcr.io/someone/sorted@${digest}` },
    "nat none reaches only ECR in eu-central-1, and imageUri is elsewhere: set nat to single or perZone",
  ],
  [
    { nat: "none", imageUri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/sorted@${digest}` },
    "nat none reaches only ECR in eu-central-1, and imageUri is elsewhere: set nat to single or perZone",
  ],
  [
    { certificateArn: arn("eu-central-1"), domainName: "sorted.example.com", hostedZoneId: "Z0EXAMPLE" },
    "certificateArn can't be set together with domainName, which creates its own certificate",
  ],
  [
    { imageUri: `ghcr.io/someone/sorted@${digest}`, imageDigest: digest },
    "imageDigest has an effect only without imageUri",
  ],
  [{ certificateArn: arn("us-east-1") }, "certificateArn must be a certificate in eu-central-1"],
  [{ domainName: "sorted.example.com" }, "hostedZoneId is needed for domainName"],
  [{ hostedZoneId: "Z0EXAMPLE" }, "domainName is needed for hostedZoneId"],
  [
    subnets,
    "publicSubnetIds has an effect only with vpcId",
    "privateSubnetIds has an effect only with vpcId",
  ],
  [
    { vpcId, publicSubnetIds: ["subnet-00000000000000001"] },
    "publicSubnetIds must name subnets in two or more zones, as vpcId is set",
    "privateSubnetIds must name subnets in two or more zones, as vpcId is set",
  ],
  [
    { vpcId, ...subnets, zones: 3, nat: "perZone", flowLogs: "all", vpcCidr: "10.1.0.0/16" },
    "vpcCidr has an effect only without vpcId",
    "zones has an effect only without vpcId",
    "nat has an effect only without vpcId",
    "flowLogs has an effect only without vpcId",
  ],
  [
    { instanceLimit: 5, warmInstances: 1, functionTimeoutSeconds: 10, endpoint: "loadBalancer" },
    "endpoint has an effect only with compute serverless",
    "instanceLimit has an effect only with compute serverless",
    "warmInstances has an effect only with compute serverless",
    "functionTimeoutSeconds has an effect only with compute serverless",
  ],
  [
    { compute: "serverless", spot: true, minInstances: 1, graceSeconds: 10 },
    "minInstances has an effect only with compute fleet",
    "spot has an effect only with compute fleet",
    "graceSeconds has an effect only with compute fleet",
  ],
  [
    { compute: "serverless", zones: 3, waf: true, accessLogs: false, allowedRanges: ["203.0.113.0/24"] },
    "zones has an effect only with compute fleet or with endpoint loadBalancer",
    "allowedRanges has an effect only with compute fleet or with endpoint loadBalancer",
    "accessLogs has an effect only with compute fleet or with endpoint loadBalancer",
    "waf has an effect only with compute fleet or with endpoint loadBalancer",
  ],
  [
    { compute: "serverless", endpoint: "loadBalancer", functionTimeoutSeconds: 61 },
    "functionTimeoutSeconds must be 60 or less with endpoint loadBalancer, which waits no longer",
  ],
  [
    { compute: "serverless", imageUri: `ghcr.io/someone/sorted@${digest}` },
    "imageUri must be in ECR in eu-central-1: Lambda accepts no image from elsewhere",
  ],
  [
    { compute: "serverless", imageUri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/sorted@${digest}` },
    "imageUri must be in ECR in eu-central-1: Lambda accepts no image from elsewhere",
  ],
  [
    { compute: "serverless", containerMemoryMiB: 10_241 },
    "containerMemoryMiB must be 10240 or less with compute serverless",
  ],
  [
    { compute: "serverless", instanceLimit: 2, warmInstances: 3 },
    "warmInstances must not be more than instanceLimit",
  ],
  [
    { compute: "serverless", endpoint: "loadBalancer", vpcId, privateSubnetIds: subnets.privateSubnetIds },
    "privateSubnetIds has an effect only with compute fleet",
    "publicSubnetIds must name subnets in two or more zones, as vpcId is set",
  ],
];

for (const [config, ...messages] of unfit) {
  test(`refused together: ${JSON.stringify(config)}`, async (t) => {
    t.strictSame(
      await mistakesWith(config),
      messages.map((message) => `sorted-aws:${message}`),
    );
  });
}

test("what only seems not to fit is accepted", async (t) => {
  t.strictSame(
    await mistakesWith({
      nat: "none",
      imageUri: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@${digest}`,
    }),
    [],
  );
  t.strictSame(await mistakesWith({ protect: true, spot: true }), []);
  t.strictSame(
    await mistakesWith({ compute: "serverless", warmInstances: 3, functionTimeoutSeconds: 900 }),
    [],
  );
  t.strictSame(
    await mistakesWith({ compute: "fleet", endpoint: "functionUrl", containerMemoryMiB: 20_000 }),
    [],
  );
  t.strictSame(await mistakesWith({ zones: "3", domainName: "" }), []);
});

test("all that is wrong is said at once", async (t) => {
  t.equal((await mistakesWith({ zones: 1, nat: "off", tags: ["x"], typo: 1 })).length, 4);
});
