/** Sorted on Azure, from the outside in. Every setting is described in Pulumi.yaml. */
import { ResourceGroup } from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import { applicationEnvironment, containerPort, hostPort, readyPath, tagged } from "@sorted/infra-kit";
import { readConfig } from "./config.ts";
import { Fleet, mostMachines } from "./src/fleet/fleet.ts";
import { Image } from "./src/image/image.ts";
import { ApplicationGateway } from "./src/ingress/application-gateway.ts";
import { LoadBalancer } from "./src/ingress/load-balancer.ts";
import { Locks } from "./src/locks.ts";
import { Logs } from "./src/logs/logs.ts";
import { Access } from "./src/network/access.ts";
import { rangesOf } from "./src/network/addresses.ts";
import { Bastion } from "./src/network/bastion.ts";
import { Network } from "./src/network/network.ts";
import { Observability } from "./src/observability/observability.ts";
import { isTaggable } from "./src/taggable.ts";

const name = "sorted";
/** Where the inbound NAT rules lead to on a machine: the same application as on port 80. */
const natPort = 8080;
const settings = readConfig();
const { protect } = settings;
const ranges = rangesOf(settings.vnetCidr);
const tags = {
  Project: pulumi.getProject(),
  Stack: pulumi.getStack(),
  ...Object.fromEntries(settings.tags.map((tag) => tag.split(/=(.*)/s, 2))),
};
const options = { protect, transformations: [tagged(tags, isTaggable)] };

/** ServerLB, for the balancer, and ServerVM, for the machines. */
const balancerGroup = new ResourceGroup(
  `${name}-balancer`,
  { resourceGroupName: settings.balancerGroup },
  options,
);
const machineGroup = new ResourceGroup(
  `${name}-machines`,
  { resourceGroupName: settings.machineGroup },
  options,
);

/** Who may connect to whom. */
const access = new Access(
  name,
  {
    balancerGroup,
    machineGroup,
    ranges,
    entry:
      settings.ingress.kind === "loadBalancer"
        ? { ...settings.ingress, allowedRanges: settings.allowedRanges, natPort }
        : { kind: settings.ingress.kind, allowedRanges: settings.allowedRanges },
    port: hostPort,
    bastion: settings.bastion,
  },
  options,
);

/** A private subnet for the machines. */
const network = new Network(
  name,
  {
    group: machineGroup,
    vnetCidr: settings.vnetCidr,
    machineCidr: ranges.machines,
    securityGroupId: access.machineSubnetSecurityGroupId,
  },
  options,
);

/** The way in, open to clients. It lets a machine that leaves go on for as long as the application does. */
const stopSeconds = settings.shutdownDelaySeconds + settings.graceSeconds;
const ingress =
  settings.ingress.kind === "loadBalancer"
    ? new LoadBalancer(
        name,
        {
          group: balancerGroup,
          port: hostPort,
          natPort,
          natPorts: mostMachines(settings.maxInstances),
          readyPath,
        },
        options,
      )
    : new ApplicationGateway(
        name,
        {
          ...settings.ingress,
          group: balancerGroup,
          vnet: network.vnet,
          cidr: ranges.gateway,
          securityGroupId: access.balancerSecurityGroupId,
          port: hostPort,
          readyPath,
          drainSeconds: stopSeconds,
          maxCapacity: 10,
          after: [network],
        },
        options,
      );

/** Shells on the machines, where that is asked for. */
const bastion = settings.bastion
  ? new Bastion(
      name,
      { group: machineGroup, vnet: network.vnet, cidr: ranges.bastion, after: [network, ingress] },
      options,
    )
  : undefined;

/** What the machines run, and the registry that they may pull it from: built from this repository, or given. */
const image = settings.imageUri
  ? { uri: pulumi.output(settings.imageUri), registryId: settings.registryId }
  : new Image(
      name,
      {
        group: machineGroup,
        architecture: settings.architecture,
        context: "../..",
        dockerfile: "../../packages/api/Dockerfile",
        digest: settings.imageDigest,
      },
      options,
    );

/** Where they log. */
const logs = new Logs(name, { group: machineGroup, retentionDays: settings.logRetentionDays }, options);

/** The machines, reached through the way in alone. */
const fleet = new Fleet(
  name,
  {
    ...settings,
    group: machineGroup,
    subnetId: network.machineSubnetId,
    securityGroupId: access.machineSecurityGroupId,
    pools: ingress.pools,
    logRuleId: logs.ruleId,
    port: hostPort,
    registryId: image.registryId,
    container: image.uri.apply((uri) => ({
      name,
      image: uri,
      hostPort,
      furtherHostPorts: settings.ingress.kind === "loadBalancer" ? [natPort] : [],
      containerPort,
      memoryMiB: settings.containerMemoryMiB,
      environment: applicationEnvironment({
        ...settings,
        // A load balancer passes packets on and adds no header; a gateway says for whom it asks.
        trustedProxies: settings.ingress.kind === "loadBalancer" ? [] : [ranges.gateway],
      }),
      stopSeconds,
    })),
    ready: [network, ingress],
  },
  options,
);

/** Who is told when something is wrong. */
const observability = new Observability(
  name,
  {
    group: machineGroup,
    ingress: { kind: settings.ingress.kind, id: ingress.id },
    scaleSetId: fleet.scaleSetId,
    autoscaleId: fleet.autoscaleId,
    workspaceId: logs.workspaceId,
    securityGroupIds: {
      balancer: access.balancerSecurityGroupId,
      machines: access.machineSecurityGroupId,
    },
    minInstances: settings.minInstances,
    maxInstances: settings.maxInstances,
    email: settings.alarmEmail,
    latencyAlarmMs: settings.latencyAlarmMs,
  },
  options,
);

if (protect) {
  new Locks(
    name,
    {
      group: balancerGroup,
      resourceIds: { logs: logs.workspaceId, ...(image instanceof Image && { registry: image.registryId }) },
    },
    // They are what is to go when `protect` is set to false.
    { ...options, protect: false },
  );
}

/** The address to POST numbers to. */
export const url = ingress.url;
/** The static address, for an A record elsewhere. */
export const ipAddress = ingress.ipAddress;
/** The image that runs; its digest is what `imageDigest` takes to come back to it. */
export const imageUri = image.uri;
export const workspaceName = logs.workspaceName;
export const scaleSetName = fleet.scaleSetName;
export const balancerGroupName = balancerGroup.name;
export const machineGroupName = machineGroup.name;
/** The address that the machines are seen by outside, for others' lists of who may connect. */
export const outboundAddress = network.outboundAddress;
export const bastionName = bastion?.hostName ?? null;
export const dashboardUrl = observability.dashboardUrl;
