/** Sorted on Azure. Every setting is described in Pulumi.yaml. */
import * as pulumi from "@pulumi/pulumi";
import { stackTags, tagged } from "@sorted/infra-kit";
import { Locks } from "./src/authorization/locks.ts";
import { readConfig } from "./src/config/config.ts";
import { checkExisting } from "./src/config/existing.ts";
import { checkMachines } from "./src/config/machines.ts";
import { existingIdentity } from "./src/fleet/managed-identity.ts";
import { runningFleet } from "./src/fleet/running-fleet.ts";
import { Image } from "./src/image/image.ts";
import { Logs } from "./src/logs/log-analytics-workspace.ts";
import { monthlyBudget } from "./src/observability/budget.ts";
import { Observability } from "./src/observability/observability.ts";
import { resourceGroup } from "./src/resources/resource-group.ts";
import { fleetStack } from "./src/stack/fleet.ts";
import { serverlessStack } from "./src/stack/serverless.ts";
import { isTaggable } from "./src/tags/taggable.ts";

const name = "sorted";
const settings = readConfig();
const { protect } = settings;
const tags = stackTags(settings.tags);
const options = { protect, transformations: [tagged(tags, isTaggable)] };

await checkExisting(settings);
/** What Azure has: asked before anything is declared, so that what does not fit stops the preview. */
const running = settings.compute === "fleet" ? await runningFleet(settings.machineGroup) : undefined;
if (settings.compute === "fleet") await checkMachines(settings, running);

const groupOf = (suffix: string, setting: "balancerGroup" | "machineGroup") =>
  resourceGroup(
    `${name}-${suffix}`,
    { resourceGroupName: settings[setting], create: settings.createGroups, setting },
    options,
  );
/** ServerLB, for what faces clients, and ServerVM, for all else. */
const balancerGroup = await groupOf("balancer", "balancerGroup");
const machineGroup = await groupOf("machines", "machineGroup");

/** What runs, and the registry that it is pulled from: built from this repository, or given. */
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

/** What runs it, and the way in. */
const identity = settings.identityId ? await existingIdentity(settings.identityId, "identityId") : undefined;
const args = { name, settings, balancerGroup, machineGroup, image, identity, logs, running, options };
const stack = settings.compute === "fleet" ? fleetStack(args) : serverlessStack(args);

/** Who is told when something is wrong. */
const observability = new Observability(
  name,
  {
    ...stack.monitored,
    group: machineGroup,
    email: settings.alarmEmail,
    latencyAlarmMs: settings.latencyAlarmMs,
  },
  options,
);

const { monthlyBudget: amount, alarmEmail: email } = settings;
if (amount > 0 && email) {
  monthlyBudget(`${name}-balancer`, { scope: balancerGroup.id, amount, email }, options);
  monthlyBudget(`${name}-machines`, { scope: machineGroup.id, amount, email }, options);
}

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
export const url = stack.url;
/** The static address, for an A record elsewhere. */
export const ipAddress = stack.ipAddress;
/** The image that all machines run, not one that failed; its digest is what `imageDigest` takes to come back to it. */
export const imageUri = pulumi.all([image.uri, stack.rolledOut]).apply(([uri]) => uri);
export const workspaceName = logs.workspaceName;
export const appName = stack.appName ?? null;
export const scaleSetName = stack.scaleSetName ?? null;
export const balancerGroupName = balancerGroup.name;
export const machineGroupName = machineGroup.name;
/** The address that the machines are seen by outside, for others' lists of who may connect. */
export const outboundAddress = stack.outboundAddress ?? null;
/** The virtual network, to peer others with it. */
export const virtualNetworkId = stack.virtualNetworkId ?? null;
export const bastionName = stack.bastionName ?? null;
export const dashboardUrl = observability.dashboardUrl;
