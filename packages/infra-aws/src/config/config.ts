/**
 * Every setting of the program: its type, default and limits, and which settings fit together. Pulumi.yaml describes
 * them to the user; test/config/config.test.ts keeps the two in step.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  anyValue,
  checkedText,
  choice,
  commonSettings,
  ecrRegistryOf,
  flag,
  integer,
  integerOf,
  isCidr,
  list,
  type Refuse as RefuseOf,
  readSettings,
  scoped,
  secondsToUnhealthy,
  tagsSetting,
  text,
} from "@sorted/infra-kit";
import { z } from "zod";
import { accountSettings } from "../iam/account-rules.ts";
import { idleTimeoutSeconds, type Tls } from "../ingress/load-balancer.ts";
import { isVpcCidr } from "../network/addresses.ts";

/**
 * The periods that CloudWatch Logs offers, in days.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What runs where no instance type is set: 2 virtual processors and 2 GiB. */
const cheapest = { arm64: "t4g.small", x86_64: "t3.small" } as const;

const arn = (service: string, resource: string) =>
  new RegExp(`^arn:aws:${service}:[a-z0-9-]+:\\d{12}:${resource}$`);

/** Instances. */
const fleet = { compute: "fleet" };
const serverless = { compute: "serverless" };
/** A load balancer and its network. */
const balancer = { compute: "fleet", endpoint: "loadBalancer" };
const ownNetwork = { vpcId: "" };
const existingNetwork = { vpcId: anyValue };

const shape = z.object({
  // Compute
  compute: choice(["fleet", "serverless"], "fleet"),
  endpoint: scoped(choice(["functionUrl", "loadBalancer"], "functionUrl"), serverless),
  instanceLimit: scoped(integer(0, 100_000, 0), serverless),
  warmInstances: scoped(integer(0, 10_000, 0), serverless),
  functionTimeoutSeconds: scoped(integer(1, 900, 30), serverless),

  // Network
  vpcCidr: scoped(
    checkedText(isVpcCidr, "a private IPv4 range from /16 to /23, such as 10.0.0.0/16", "10.0.0.0/16"),
    balancer,
    ownNetwork,
  ),
  zones: scoped(integer(2, 6, 2), balancer, ownNetwork),
  nat: scoped(choice(["none", "single", "perZone"], "single"), fleet, ownNetwork),
  flowLogs: scoped(choice(["none", "rejected", "all"], "rejected"), balancer, ownNetwork),
  vpcId: scoped(text(/^vpc-[0-9a-f]{8,17}$/, "the ID of a VPC, such as vpc-0123456789abcdef0"), balancer),
  publicSubnetIds: scoped(
    list((id) => /^subnet-[0-9a-f]{8,17}$/.test(id), "subnet IDs"),
    balancer,
    existingNetwork,
  ),
  privateSubnetIds: scoped(
    list((id) => /^subnet-[0-9a-f]{8,17}$/.test(id), "subnet IDs"),
    fleet,
    existingNetwork,
  ),

  // Ingress
  allowedRanges: scoped(
    // A security group takes a rule once.
    list(isCidr, "IPv4 or IPv6 ranges, such as 0.0.0.0/0 or ::/0", { byDefault: ["0.0.0.0/0", "::/0"] }),
    balancer,
  ),
  certificateArn: scoped(
    text(arn("acm", "certificate/[0-9a-f-]+"), "the ARN of a certificate in ACM"),
    balancer,
  ),
  domainName: scoped(commonSettings.domainName, balancer),
  hostedZoneId: scoped(text(/^Z[A-Z0-9]+$/, "the ID of a hosted zone in Route 53"), balancer),
  internal: scoped(flag(false), balancer),
  accessLogs: scoped(flag(true), balancer),
  waf: scoped(flag(false), balancer),
  publicMetrics: commonSettings.publicMetrics,

  // Image
  imageUri: commonSettings.imageUri,
  imageDigest: commonSettings.imageDigest,
  architecture: choice(["arm64", "x86_64"], "arm64"),

  // Fleet
  instanceTypes: scoped(
    list((type) => /^[a-z0-9-]+\.[a-z0-9-]+$/.test(type), "instance types, such as t4g.small"),
    fleet,
  ),
  amiId: scoped(text(/^ami-[0-9a-f]{8,17}$/, "the ID of an AMI of Amazon Linux 2023"), fleet),
  volumeGiB: scoped(integer(8, 1000, 10), fleet),
  minInstances: scoped(integer(1, 100, 2), fleet),
  maxInstances: scoped(integer(1, 100, 4), fleet),
  scaleOn: scoped(choice(["cpu", "requests"], "cpu"), fleet),
  cpuPercent: scoped(integer(10, 90, 50), fleet, { scaleOn: "cpu" }),
  requestsPerMinute: scoped(integer(1, 10_000_000, 10_000), fleet, { scaleOn: "requests" }),
  spot: scoped(flag(false), fleet),
  onDemandBase: scoped(integer(0, 100, 0), fleet, { spot: true }),

  // Application
  containerMemoryMiB: integer(128, 1_000_000, 1024),
  shutdownDelaySeconds: scoped(integer(secondsToUnhealthy + 1, 300, 20), fleet),
  graceSeconds: scoped(integer(1, 600, 30), fleet),
  logRequests: commonSettings.logRequests,
  apiKeyHashes: commonSettings.apiKeyHashes,
  environment: commonSettings.environment,

  // Observability
  logRetentionDays: integerOf(retentions, 30),
  alarmEmail: commonSettings.alarmEmail,
  latencyAlarmMs: integer(1, 60_000, 1000),
  monthlyBudgetUsd: scoped(integer(0, 10_000_000, 0), { alarmEmail: anyValue }),

  // The whole stack
  ...accountSettings,
  protect: commonSettings.protect,
  // https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
  tags: tagsSetting(/^(?!aws:)[\w.:/+@ -]{1,128}$/i),
});

/** What runs the application: a fleet behind a load balancer, or a function behind one or with a URL of its own. */
type Compute = "fleet" | "functionBehindBalancer" | "functionUrl";

/** All settings, checked; `undefined` where one without a default is not set. */
export interface Settings extends Omit<z.output<typeof shape>, "instanceTypes" | "compute" | "endpoint"> {
  readonly compute: Compute;
  readonly region: string;
  /** One or more. */
  readonly instanceTypes: readonly [string, ...string[]];
  /** The certificate, or the name to get one for. */
  readonly tls: Tls | undefined;
}

/** The schema of each setting by name. */
export const settings = shape.shape;

/** Says that a setting is wrong because of another. */
type Refuse = RefuseOf<typeof settings>;

/**
 * Reads the settings of the stack.
 *
 * @throws {pulumi.RunError} that names each wrong setting, or those that don't fit together, and what would be right
 */
export function readConfig(): Settings {
  const region = readRegion();
  const given = readSettings(shape, (all, refuse) => {
    checkCompute(all, region, refuse);
    checkNetwork(all, region, refuse);
    checkIngress(all, region, refuse);
    checkImage(all, refuse);
    checkFleet(all, refuse);
    checkAccount(all, region, refuse);
  });
  const [instanceType = cheapest[given.architecture], ...others] = given.instanceTypes;
  return {
    ...given,
    region,
    compute: computeOf(given),
    instanceTypes: [instanceType, ...others],
    tls: tlsOf(given),
  };
}

function computeOf({ compute, endpoint }: z.output<typeof shape>): Compute {
  if (compute === "fleet") return "fleet";
  return endpoint === "functionUrl" ? "functionUrl" : "functionBehindBalancer";
}

function tlsOf({ certificateArn, domainName, hostedZoneId }: z.output<typeof shape>): Tls | undefined {
  if (certificateArn) return { certificateArn };
  return domainName && hostedZoneId ? { domainName, hostedZoneId } : undefined;
}

function readRegion(): string {
  const region = new pulumi.Config("aws").get("region");
  if (!region) {
    throw new pulumi.RunError(
      "aws:region is not set. Set it, as in: pulumi config set aws:region eu-central-1",
    );
  }
  // Other partitions have other ARNs and domain names.
  if (!/^(?!cn-|us-gov-|us-iso|eusc-)[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw new pulumi.RunError(
      `aws:region must be a region of the partition aws, such as eu-central-1: ${region}`,
    );
  }
  return region;
}

/** The most memory that a function can have. */
const mostFunctionMiB = 10_240;

function checkCompute(given: z.output<typeof shape>, region: string, refuse: Refuse): void {
  if (given.compute === "fleet") return;
  if (given.endpoint === "loadBalancer" && given.functionTimeoutSeconds > idleTimeoutSeconds) {
    refuse(
      "functionTimeoutSeconds",
      `must be ${idleTimeoutSeconds} or less with endpoint loadBalancer, which waits no longer`,
    );
  }
  if (given.imageUri && !ecrRegistryOf(given.imageUri)?.includes(`.ecr.${region}.`)) {
    refuse("imageUri", `must be in ECR in ${region}: Lambda accepts no image from elsewhere`);
  }
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
  if (given.environment.some((line) => line.startsWith("AWS_") || line.startsWith("LAMBDA_"))) {
    refuse("environment", "can't set AWS_… or LAMBDA_…, which Lambda reserves");
  }
  if (given.containerMemoryMiB > mostFunctionMiB) {
    refuse("containerMemoryMiB", `must be ${mostFunctionMiB} or less with compute serverless`);
  }
  if (given.instanceLimit > 0 && given.warmInstances > given.instanceLimit) {
    refuse("warmInstances", "must not be more than instanceLimit");
  }
}

function checkNetwork(given: z.output<typeof shape>, region: string, refuse: Refuse): void {
  if (given.nat === "none" && given.imageUri) {
    const registry = ecrRegistryOf(given.imageUri);
    if (!registry?.includes(`.ecr.${region}.`)) {
      refuse(
        "nat",
        `none reaches only ECR in ${region}, and imageUri is elsewhere: set nat to single or perZone`,
      );
    }
  }
  if (!given.vpcId) return;
  const tiers =
    given.compute === "fleet"
      ? (["publicSubnetIds", "privateSubnetIds"] as const)
      : (["publicSubnetIds"] as const);
  for (const name of tiers) {
    if (given[name].length < 2) refuse(name, "must name subnets in two or more zones, as vpcId is set");
  }
}

function checkIngress(given: z.output<typeof shape>, region: string, refuse: Refuse): void {
  if (given.allowedRanges.length === 0) refuse("allowedRanges", "must name at least one range");
  if (given.certificateArn && given.domainName) {
    refuse("certificateArn", "can't be set together with domainName, which creates its own certificate");
  }
  if (given.certificateArn && !given.certificateArn.includes(`:${region}:`)) {
    refuse("certificateArn", `must be a certificate in ${region}`);
  }
  if (given.domainName && !given.hostedZoneId) refuse("hostedZoneId", "is needed for domainName");
  if (given.hostedZoneId && !given.domainName) refuse("domainName", "is needed for hostedZoneId");
}

function checkImage({ imageUri }: z.output<typeof shape>, refuse: Refuse): void {
  if (imageUri && /^\d{12}\.dkr-ecr\./.test(imageUri)) {
    refuse(
      "imageUri",
      "must name ECR as 123456789012.dkr.ecr.REGION.amazonaws.com: hosts log in to that only",
    );
  }
}

function checkFleet(given: z.output<typeof shape>, refuse: Refuse): void {
  if (given.maxInstances < given.minInstances) refuse("maxInstances", "must not be less than minInstances");
  if (given.onDemandBase > given.maxInstances) refuse("onDemandBase", "must not be more than maxInstances");
  if (given.instanceTypes.length > 1 && !given.spot) {
    refuse("instanceTypes", "must be one without spot, where AWS uses only the first");
  }
}

function checkAccount({ kmsKeyArn }: z.output<typeof shape>, region: string, refuse: Refuse): void {
  if (kmsKeyArn && !kmsKeyArn.includes(`:${region}:`)) refuse("kmsKeyArn", `must be a key in ${region}`);
}
