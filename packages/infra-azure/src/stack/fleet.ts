/** Machines behind a load balancer or an application gateway. */
import * as pulumi from "@pulumi/pulumi";
import { applicationEnvironment, containerPort, hostPort, readyPath } from "@sorted/infra-kit";
import { sustainedPercent } from "../fleet/burst.ts";
import { watched } from "../fleet/roll-out.ts";
import { capacityOf } from "../fleet/running-fleet.ts";
import { Fleet } from "../fleet/scale-set.ts";
import { mostMachines } from "../fleet/surge.ts";
import { ApplicationGateway } from "../ingress/application-gateway.ts";
import { LoadBalancer } from "../ingress/load-balancer.ts";
import { MachineLogs } from "../logs/data-collection-rule.ts";
import { lastAddressOf, rangesOf } from "../network/addresses.ts";
import { Bastion } from "../network/bastion.ts";
import { Access } from "../network/network-security-groups.ts";
import { Network } from "../network/virtual-network.ts";
import type { RunningStack, StackArgs } from "./stack.ts";

/** Where the inbound NAT rules lead to on a machine: the same application as on port 80. */
const natPort = 8080;

/** The command that deploys the image of the last update that succeeded, which is in the stack's outputs. */
function wayBack({ imageUri }: StackArgs["settings"]): string {
  const image = "pulumi stack output imageUri";
  return imageUri
    ? `pulumi up --config "imageUri=$(${image})"`
    : `pulumi up --config "imageDigest=$(${image} | cut -d@ -f2)"`;
}

/** A private subnet for machines, the way in to them, and shells where they are asked for. */
export function fleetStack(args: StackArgs): RunningStack {
  const { name, settings, balancerGroup, machineGroup, image, logs, options } = args;
  const ranges = rangesOf(settings.vnetCidr);
  const stopSeconds = settings.shutdownDelaySeconds + settings.graceSeconds;

  // Who may connect to whom.
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

  // A private subnet for the machines.
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

  // The way in, open to clients. It lets a machine that leaves go on for as long as the application does.
  const ingress =
    settings.ingress.kind === "loadBalancer"
      ? new LoadBalancer(
          name,
          {
            group: balancerGroup,
            internal: settings.internal
              ? { subnetId: network.machineSubnetId, address: lastAddressOf(ranges.machines) }
              : undefined,
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
            identityId: settings.gatewayIdentityId,
            publicMetrics: settings.publicMetrics,
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

  // Shells on the machines, where that is asked for.
  const bastion = settings.bastion
    ? new Bastion(
        name,
        { group: machineGroup, vnet: network.vnet, cidr: ranges.bastion, after: [network, ingress] },
        options,
      )
    : undefined;

  // How the machines' agents log.
  const machineLogs = new MachineLogs(name, { group: machineGroup, workspaceId: logs.workspaceId }, options);

  // The machines, reached through the way in alone.
  const fleet = new Fleet(
    name,
    {
      ...settings,
      capacity: capacityOf(args.running, settings),
      group: machineGroup,
      subnetId: network.machineSubnetId,
      securityGroupId: access.machineSecurityGroupId,
      pools: ingress.pools,
      logRuleId: machineLogs.ruleId,
      port: hostPort,
      registryId: image.registryId,
      identity: args.identity,
      container: image.uri.apply((uri) => ({
        name,
        image: uri,
        hostPort,
        furtherHostPorts: settings.ingress.kind === "loadBalancer" ? [natPort] : [],
        containerPort,
        memoryMiB: settings.containerMemoryMiB,
        environment: applicationEnvironment({
          ...settings,
          // A load balancer sees no paths, so that only the application itself can keep metrics from clients.
          metrics: settings.publicMetrics || settings.ingress.kind === "applicationGateway",
          // A load balancer passes packets on and adds no header; a gateway says for whom it asks.
          trustedProxies: settings.ingress.kind === "loadBalancer" ? [] : [ranges.gateway],
        }),
        stopSeconds,
      })),
      ready: [network, ingress],
    },
    options,
  );

  return {
    url: ingress.url,
    ipAddress: ingress.ipAddress,
    outboundAddress: network.outboundAddress,
    virtualNetworkId: network.id,
    bastionName: bastion?.hostName,
    scaleSetName: fleet.scaleSetName,
    rolledOut: pulumi
      .all([fleet.scaleSetId, fleet.model])
      .apply(([scaleSetId, model]) =>
        watched({ scaleSetId, model, wayBack: wayBack(settings) }, args.running),
      ),
    monitored: {
      ingress: { kind: settings.ingress.kind, id: ingress.id, logRequests: settings.logRequests },
      scaleSetId: fleet.scaleSetId,
      autoscaleId: fleet.autoscaleId,
      workspaceId: logs.workspaceId,
      securityGroupIds: {
        balancer: access.balancerSecurityGroupId,
        machines: access.machineSecurityGroupId,
      },
      minInstances: settings.minInstances,
      maxInstances: settings.maxInstances,
      sustainedPercent: sustainedPercent(settings.vmSize),
    },
  };
}
