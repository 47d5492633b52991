/** The alerts, on what Azure itself measures. */
import type { MetricAlertArgs } from "@pulumi/azure-native/monitor/index.js";
import type * as pulumi from "@pulumi/pulumi";

/** One alert: what differs from the others. */
export interface Alert extends Pick<MetricAlertArgs, "description" | "windowSize"> {
  readonly suffix: string;
  readonly resourceId: pulumi.Input<string>;
  readonly metricNamespace: string;
  readonly metricName: string;
  readonly timeAggregation: "Average" | "Maximum" | "Total";
  readonly operator: "GreaterThan" | "GreaterThanOrEqual" | "LessThan";
  readonly threshold: number;
  /** Count only what has this value in a dimension. */
  readonly only?: { readonly dimension: string; readonly value: string };
}

/** Alerts on the machines. */
export function fleetAlerts(args: {
  readonly scaleSetId: pulumi.Input<string>;
  readonly autoscaleId: pulumi.Input<string>;
  /** Where as many are wanted as may be, there is no alert on having reached that. */
  readonly minInstances: number;
  readonly maxInstances: number;
  /** The load that the machines can have for ever, in percent. */
  readonly sustainedPercent: number;
}): readonly Alert[] {
  const cpu: Alert = {
    suffix: "cpu",
    description: "The machines are busy, and adding some has not helped",
    resourceId: args.scaleSetId,
    metricNamespace: "Microsoft.Compute/virtualMachineScaleSets",
    metricName: "Percentage CPU",
    timeAggregation: "Average",
    operator: "GreaterThan",
    threshold: 0.85 * args.sustainedPercent,
    windowSize: "PT15M",
  };
  if (args.minInstances === args.maxInstances) return [cpu];
  const most: Alert = {
    suffix: "most-machines",
    description: `There are ${args.maxInstances} machines, and no more are allowed: maxInstances`,
    resourceId: args.autoscaleId,
    metricNamespace: "Microsoft.Insights/autoscalesettings",
    metricName: "ObservedCapacity",
    timeAggregation: "Average",
    operator: "GreaterThanOrEqual",
    threshold: args.maxInstances,
    windowSize: "PT15M",
  };
  return [cpu, most];
}

/**
 * Alerts on a container app. None on restarts, which Azure counts from the beginning of each replica: an old one would keep
 * the alert on for ever. The dashboard shows them, and clients see a replica that ends again and again as errors.
 *
 * @param latencyAlarmMs the average time of an answer that is still good
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-app-containerapps-metrics
 */
export function appAlerts(
  args: {
    readonly appId: pulumi.Input<string>;
    readonly warmInstances: number;
    readonly instanceLimit: number;
  },
  latencyAlarmMs: number,
): readonly Alert[] {
  const common = { resourceId: args.appId, metricNamespace: "Microsoft.App/containerApps" } as const;
  const most: Alert = {
    ...common,
    suffix: "most-replicas",
    description: `There are ${args.instanceLimit} replicas, and no more are allowed: instanceLimit`,
    metricName: "Replicas",
    timeAggregation: "Maximum",
    operator: "GreaterThanOrEqual",
    threshold: args.instanceLimit,
    windowSize: "PT15M",
  };
  return [
    {
      ...common,
      suffix: "5xx",
      description: "The application answers with errors of its own, or not at all: read the logs",
      metricName: "Requests",
      timeAggregation: "Total",
      operator: "GreaterThan",
      threshold: 15,
      windowSize: "PT5M",
      only: { dimension: "statusCodeCategory", value: "5xx" },
    },
    {
      ...common,
      suffix: "latency",
      description: `An answer takes longer than ${latencyAlarmMs} ms on average`,
      metricName: "ResponseTime",
      timeAggregation: "Average",
      operator: "GreaterThan",
      threshold: latencyAlarmMs,
      windowSize: "PT5M",
    },
    ...(args.warmInstances === args.instanceLimit ? [] : [most]),
  ];
}

/**
 * Alerts on a load balancer.
 *
 * @see https://learn.microsoft.com/azure/load-balancer/load-balancer-standard-diagnostics
 */
export function loadBalancerAlerts(resourceId: pulumi.Input<string>): readonly Alert[] {
  const common = {
    resourceId,
    metricNamespace: "Microsoft.Network/loadBalancers",
    timeAggregation: "Average",
    operator: "LessThan",
  } as const;
  return [
    {
      ...common,
      suffix: "unhealthy",
      description: "Machines fail their health probe, and were not replaced in time",
      metricName: "DipAvailability",
      threshold: 90,
      windowSize: "PT15M",
    },
    {
      ...common,
      suffix: "unavailable",
      description: "The load balancer itself does not carry packets",
      metricName: "VipAvailability",
      threshold: 90,
      windowSize: "PT5M",
    },
  ];
}

/**
 * Alerts on an application gateway.
 *
 * @param latencyAlarmMs the average time of an answer that is still good
 * @see https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference
 */
export function applicationGatewayAlerts(
  resourceId: pulumi.Input<string>,
  latencyAlarmMs: number,
): readonly Alert[] {
  const common = {
    resourceId,
    metricNamespace: "Microsoft.Network/applicationGateways",
    operator: "GreaterThan",
  } as const;
  return [
    {
      ...common,
      suffix: "unhealthy",
      description: "Machines fail their health probe, and were not replaced in time",
      metricName: "UnhealthyHostCount",
      timeAggregation: "Average",
      threshold: 0.5,
      windowSize: "PT15M",
    },
    {
      ...common,
      suffix: "5xx",
      description: "The application answers with errors of its own, or not at all: read the logs",
      metricName: "ResponseStatus",
      timeAggregation: "Total",
      threshold: 15,
      windowSize: "PT5M",
      only: { dimension: "HttpStatusGroup", value: "5xx" },
    },
    {
      ...common,
      suffix: "latency",
      description: `An answer takes longer than ${latencyAlarmMs} ms on average`,
      metricName: "ApplicationGatewayTotalTime",
      timeAggregation: "Average",
      threshold: latencyAlarmMs,
      windowSize: "PT5M",
    },
  ];
}
