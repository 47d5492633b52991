/** The network and the load balancer, for whatever requests go to. */
import { Ingress, type IngressArgs } from "../ingress/load-balancer.ts";
import { availabilityZones, type ZoneLimit } from "../network/availability-zones.ts";
import { existingNetwork } from "../network/existing-network.ts";
import type { Placement } from "../network/placement.ts";
import { Network } from "../network/vpc.ts";
import { endpointZones } from "../network/vpc-endpoints.ts";
import type { StackArgs } from "./stack.ts";

/**
 * A load balancer in the public subnets of a network, which has private ones if there are to be instances.
 *
 * @param instances the zones that have their type
 */
export async function entrance(
  { name, settings, options }: StackArgs,
  targets: IngressArgs["targets"],
  instances?: ZoneLimit,
): Promise<{ readonly network: Placement; readonly ingress: Ingress }> {
  const { vpcId, protect } = settings;
  const limits = [
    ...(instances ? [instances] : []),
    ...(instances && !vpcId && settings.nat === "none" ? await endpointZones(settings.region) : []),
  ];
  const network = vpcId
    ? await existingNetwork({ ...settings, vpcId }, instances)
    : new Network(
        name,
        {
          ...settings,
          zones: await availabilityZones(settings.zones, limits),
          privateSubnets: targets !== "function",
        },
        options,
      );
  const ingress = new Ingress(
    name,
    {
      vpcId: network.vpcId,
      subnetIds: network.publicSubnetIds,
      internet: network.internet,
      internal: settings.internal,
      allowedRanges: settings.allowedRanges,
      targets,
      tls: settings.tls,
      accessLogDays: settings.accessLogs ? settings.logRetentionDays : undefined,
      firewallLogDays: settings.waf ? settings.logRetentionDays : undefined,
      publicMetrics: settings.publicMetrics,
      protect,
    },
    options,
  );
  return { network, ingress };
}
