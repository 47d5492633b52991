/** Instances behind a load balancer. */
import * as pulumi from "@pulumi/pulumi";
import { applicationEnvironment, containerPort, hostPort, readyPath } from "@sorted/infra-kit";
import { Fleet } from "../fleet/auto-scaling.ts";
import { instanceZones } from "../fleet/instance-types.ts";
import { entrance } from "./entrance.ts";
import type { RunningStack, StackArgs } from "./stack.ts";

/** Public subnets for the load balancer, private ones for the instances, which are reached by the load balancer alone. */
export async function fleetStack(args: StackArgs): Promise<RunningStack> {
  const { name, settings, image, logGroup, tags, options } = args;
  const stopSeconds = settings.shutdownDelaySeconds + settings.graceSeconds;
  const targets = {
    port: hostPort,
    readyPath,
    // A target that leaves may go on for as long as the application does.
    deregistrationDelaySeconds: stopSeconds,
  };
  const { network, ingress } = await entrance(args, targets, await instanceZones(settings));
  const fleet = new Fleet(
    name,
    {
      placement: network,
      ingress,
      logGroup,
      region: settings.region,
      port: hostPort,
      container: pulumi
        .all([image.uri, pulumi.all([...network.publicCidrs])])
        .apply(([uri, trustedProxies]) => ({
          name,
          image: uri,
          hostPort,
          containerPort,
          memoryMiB: settings.containerMemoryMiB,
          environment: applicationEnvironment({ ...settings, metrics: true, trustedProxies }),
          stopSeconds,
        })),
      architecture: settings.architecture,
      amiId: settings.amiId,
      instanceTypes: settings.instanceTypes,
      volumeGiB: settings.volumeGiB,
      kmsKeyArn: settings.kmsKeyArn,
      minInstances: settings.minInstances,
      maxInstances: settings.maxInstances,
      target:
        settings.scaleOn === "cpu"
          ? { cpuPercent: settings.cpuPercent }
          : { requestsPerMinute: settings.requestsPerMinute },
      spot: settings.spot,
      onDemandBase: settings.onDemandBase,
      stopSeconds,
      tags,
    },
    options,
  );
  return {
    url: ingress.url,
    dnsName: ingress.dnsName,
    accessLogBucket: ingress.accessLogBucket,
    autoScalingGroup: fleet.groupName,
    rolledOut: fleet.rolledOut,
    vpcId: network.vpcId,
    monitored: {
      region: settings.region,
      balancer: ingress,
      autoScalingGroupName: fleet.groupName,
      logGroupName: logGroup.name,
    },
  };
}
