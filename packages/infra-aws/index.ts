/** Sorted on AWS. Every setting is described in Pulumi.yaml. */
import { LogGroup } from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { stackTags, tagged } from "@sorted/infra-kit";
import { readConfig } from "./src/config/config.ts";
import { checkExisting } from "./src/config/existing.ts";
import { following } from "./src/iam/account-rules.ts";
import { Image } from "./src/image/image.ts";
import { Observability } from "./src/observability/observability.ts";
import { fleetStack } from "./src/stack/fleet.ts";
import { serverlessStack } from "./src/stack/serverless.ts";
import { isTaggable } from "./src/tags/taggable.ts";

const name = "sorted";
const settings = readConfig();
await checkExisting(settings);
const { compute, protect } = settings;
const tags = stackTags(settings.tags);
const options = { protect, transformations: [tagged(tags, isTaggable), following(settings)] };

/** What runs: built from this repository, or given. */
const image = settings.imageUri
  ? { uri: pulumi.output(settings.imageUri), ready: [] }
  : new Image(
      name,
      {
        architecture: settings.architecture,
        context: "../..",
        dockerfile: "../../packages/api/Dockerfile",
        digest: settings.imageDigest,
        forLambda: compute !== "fleet",
        protect,
      },
      options,
    );

/** Where it logs. */
const logGroup = new LogGroup(name, { retentionInDays: settings.logRetentionDays }, options);

/** What runs it, and the way in. */
const args = { name, settings, image, logGroup, tags, options };
const stack = compute === "fleet" ? await fleetStack(args) : await serverlessStack(args, compute);

/** Who is told when something is wrong. */
const observability = new Observability(
  name,
  {
    ...stack.monitored,
    email: settings.alarmEmail,
    latencyAlarmMs: settings.latencyAlarmMs,
    monthlyBudgetUsd: settings.monthlyBudgetUsd,
  },
  options,
);

/** The address to POST numbers to. */
export const url = stack.url;
/** The name of what answers there: with a load balancer, for a CNAME or alias record elsewhere. */
export const dnsName = stack.dnsName;
/**
 * The image that runs, also after a roll-out of another one has failed; its digest is what `imageDigest` takes to come back
 * to it.
 */
export const imageUri = pulumi.all([image.uri, stack.rolledOut]).apply(([uri]) => uri);
export const logGroupName = logGroup.name;
export const accessLogBucket = stack.accessLogBucket ?? null;
export const autoScalingGroup = stack.autoScalingGroup ?? null;
export const functionName = stack.functionName ?? null;
export const dashboardUrl = observability.dashboardUrl;
export const vpcId = stack.vpcId ?? null;
