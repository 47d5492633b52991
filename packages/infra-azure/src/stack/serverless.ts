/** A container app, which scales from none. */
import { applicationEnvironment } from "@sorted/infra-kit";
import { ContainerService } from "../serverless/container-app.ts";
import type { RunningStack, StackArgs } from "./stack.ts";

/**
 * Where an environment's own proxies speak from, which say for whom they ask.
 *
 * @see https://learn.microsoft.com/azure/container-apps/custom-virtual-networks#subnet-address-range-restrictions
 */
const environmentRange = "100.100.0.0/16";

/** An environment for what faces clients, and the app in it. */
export function serverlessStack(args: StackArgs): RunningStack {
  const { name, settings, balancerGroup, machineGroup, image, logs, options } = args;
  const service = new ContainerService(
    name,
    {
      environmentGroup: balancerGroup,
      group: machineGroup,
      image: image.uri,
      registryId: image.registryId,
      identity: args.identity,
      allowedRanges: settings.allowedRanges,
      memoryMiB: settings.containerMemoryMiB,
      environment: applicationEnvironment({
        ...settings,
        metrics: settings.publicMetrics,
        trustedProxies: [environmentRange],
      }),
      stopSeconds: settings.shutdownDelaySeconds + settings.graceSeconds,
      warmInstances: settings.warmInstances,
      instanceLimit: settings.instanceLimit,
      requestsPerInstance: settings.requestsPerInstance,
    },
    options,
  );
  return {
    url: service.url,
    ipAddress: service.ipAddress,
    appName: service.appName,
    monitored: {
      environmentId: service.environmentId,
      appId: service.appId,
      warmInstances: settings.warmInstances,
      instanceLimit: settings.instanceLimit,
      workspaceId: logs.workspaceId,
    },
  };
}
