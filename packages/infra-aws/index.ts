/** Sorted on AWS, from the outside in. Every setting is described in Pulumi.yaml. */
import { LogGroup } from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { applicationEnvironment, containerPort, hostPort, readyPath, tagged } from "@sorted/infra-kit";
import { readConfig } from "./config.ts";
import { Fleet } from "./src/fleet/fleet.ts";
import { Image } from "./src/image/image.ts";
import { Ingress } from "./src/ingress/ingress.ts";
import { Network } from "./src/network/network.ts";
import { existingNetwork } from "./src/network/placement.ts";
import { availabilityZones } from "./src/network/zones.ts";
import { Observability } from "./src/observability/observability.ts";
import { isTaggable } from "./src/taggable.ts";

const name = "sorted";
const settings = readConfig();
const { region, protect } = settings;
const tags = {
  Project: pulumi.getProject(),
  Stack: pulumi.getStack(),
  ...Object.fromEntries(settings.tags.map((tag) => tag.split(/=(.*)/s, 2))),
};
const options = { protect, transformations: [tagged(tags, isTaggable)] };

/** Public subnets for the load balancer, private ones for the instances. */
const network = settings.vpcId
  ? existingNetwork({ ...settings, vpcId: settings.vpcId })
  : new Network(name, { ...settings, zones: await availabilityZones(settings.zones) }, options);

/** The load balancer, open to clients. It lets a target that leaves go on for as long as the application does. */
const ingress = new Ingress(
  name,
  {
    vpcId: network.vpcId,
    subnetIds: network.publicSubnetIds,
    allowedRanges: settings.allowedRanges,
    targetPort: hostPort,
    readyPath,
    deregistrationDelaySeconds: settings.shutdownDelaySeconds + settings.graceSeconds,
    tls: settings.tls,
    accessLogDays: settings.accessLogs ? settings.logRetentionDays : undefined,
    firewall: settings.waf,
    protect,
  },
  options,
);

/** What the instances run: built from this repository, or given. */
const image =
  settings.imageUri ??
  new Image(
    name,
    {
      architecture: settings.architecture,
      context: "../..",
      dockerfile: "../../packages/api/Dockerfile",
      digest: settings.imageDigest,
      protect,
    },
    options,
  ).uri;

/** Where they log. */
const logGroup = new LogGroup(name, { retentionInDays: settings.logRetentionDays }, options);

/** The instances, reached by the load balancer alone. */
const fleet = new Fleet(
  name,
  {
    placement: network,
    ingress,
    logGroup,
    region,
    port: hostPort,
    container: pulumi.all([image, pulumi.all([...network.publicCidrs])]).apply(([uri, trustedProxies]) => ({
      name,
      image: uri,
      hostPort,
      containerPort,
      memoryMiB: settings.containerMemoryMiB,
      environment: applicationEnvironment({ ...settings, trustedProxies }),
      stopSeconds: settings.shutdownDelaySeconds + settings.graceSeconds,
    })),
    architecture: settings.architecture,
    amiId: settings.amiId,
    instanceTypes: settings.instanceTypes,
    volumeGiB: settings.volumeGiB,
    minInstances: settings.minInstances,
    maxInstances: settings.maxInstances,
    target:
      settings.scaleOn === "cpu"
        ? { cpuPercent: settings.cpuPercent }
        : { requestsPerMinute: settings.requestsPerMinute },
    spot: settings.spot,
    tags,
  },
  options,
);

/** Who is told when something is wrong. */
const observability = new Observability(
  name,
  {
    region,
    loadBalancerArnSuffix: ingress.loadBalancerArnSuffix,
    targetGroupArnSuffix: ingress.targetGroupArnSuffix,
    autoScalingGroupName: fleet.groupName,
    logGroupName: logGroup.name,
    email: settings.alarmEmail,
    latencyAlarmMs: settings.latencyAlarmMs,
  },
  options,
);

/** The address to POST numbers to. */
export const url = ingress.url;
/** The load balancer's own name, for a CNAME or alias record elsewhere. */
export const dnsName = ingress.dnsName;
/** The image that runs; its digest is what `imageDigest` takes to come back to it. */
export const imageUri = pulumi.output(image);
export const logGroupName = logGroup.name;
export const accessLogBucket = ingress.accessLogBucket ?? null;
export const autoScalingGroup = fleet.groupName;
export const dashboardUrl = observability.dashboardUrl;
export const vpcId = network.vpcId;
