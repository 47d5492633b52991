/** The alarms: on what the load balancer sees, which is what clients see, and on what it does not see. */
import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Balancer, Monitored } from "./monitored.ts";

/** One alarm: what differs from the others. */
export interface Alarm
  extends Pick<
    MetricAlarmArgs,
    | "namespace"
    | "dimensions"
    | "alarmDescription"
    | "metricName"
    | "statistic"
    | "extendedStatistic"
    | "threshold"
    | "evaluationPeriods"
    | "period"
  > {
  readonly suffix: string;
}

/**
 * The alarms for a stack.
 *
 * @param latencyAlarmMs the 99th percentile of response times that is still good
 */
export function alarms(monitored: Monitored, latencyAlarmMs: number): readonly Alarm[] {
  if ("autoScalingGroupName" in monitored) {
    return [...balancerAlarms(monitored.balancer, latencyAlarmMs), unhealthy(monitored.balancer)];
  }
  const { balancer, functionName } = monitored;
  return [
    ...(balancer ? balancerAlarms(balancer, latencyAlarmMs) : [urlErrors(functionName)]),
    ...functionAlarms(functionName, latencyAlarmMs),
  ];
}

const severalErrors = { statistic: "Sum", threshold: 5, period: 60, evaluationPeriods: 3 } as const;

function onBalancer({ loadBalancerArnSuffix }: Balancer) {
  return { namespace: "AWS/ApplicationELB", dimensions: { LoadBalancer: loadBalancerArnSuffix } } as const;
}

function onTargets({ loadBalancerArnSuffix, targetGroupArnSuffix }: Balancer) {
  return {
    namespace: "AWS/ApplicationELB",
    dimensions: { LoadBalancer: loadBalancerArnSuffix, TargetGroup: targetGroupArnSuffix },
  } as const;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
function balancerAlarms(balancer: Balancer, latencyAlarmMs: number): readonly Alarm[] {
  return [
    {
      suffix: "target-5xx",
      alarmDescription: "The application answers with errors of its own: read the log group",
      ...onTargets(balancer),
      metricName: "HTTPCode_Target_5XX_Count",
      ...severalErrors,
    },
    {
      suffix: "balancer-5xx",
      alarmDescription: "The load balancer gets no good answer from its targets: 502, 503 or 504",
      ...onBalancer(balancer),
      metricName: "HTTPCode_ELB_5XX_Count",
      ...severalErrors,
    },
    {
      suffix: "latency",
      alarmDescription: `One request in a hundred takes longer than ${latencyAlarmMs} ms`,
      ...onTargets(balancer),
      metricName: "TargetResponseTime",
      extendedStatistic: "p99",
      threshold: latencyAlarmMs / 1000,
      period: 60,
      evaluationPeriods: 5,
    },
    {
      suffix: "rejected",
      alarmDescription: "The load balancer refused connections: it has reached its limit",
      ...onBalancer(balancer),
      metricName: "RejectedConnectionCount",
      statistic: "Sum",
      threshold: 0,
      period: 60,
      evaluationPeriods: 1,
    },
  ];
}

function unhealthy(balancer: Balancer): Alarm {
  return {
    suffix: "unhealthy",
    alarmDescription: "An instance fails its health check, and was not replaced in time",
    ...onTargets(balancer),
    metricName: "UnHealthyHostCount",
    statistic: "Maximum",
    threshold: 0,
    period: 60,
    evaluationPeriods: 10,
  };
}

function onFunction(functionName: pulumi.Input<string>) {
  return { namespace: "AWS/Lambda", dimensions: { FunctionName: functionName } } as const;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
function functionAlarms(functionName: pulumi.Input<string>, latencyAlarmMs: number): readonly Alarm[] {
  return [
    {
      suffix: "errors",
      alarmDescription:
        "The function fails: it ends, runs into its time-out, or lacks memory; read the log group",
      ...onFunction(functionName),
      metricName: "Errors",
      ...severalErrors,
    },
    {
      suffix: "throttles",
      alarmDescription:
        "Requests are refused with 429: as many are under way as instanceLimit or the account allow",
      ...onFunction(functionName),
      metricName: "Throttles",
      statistic: "Sum",
      threshold: 0,
      period: 60,
      evaluationPeriods: 1,
    },
    {
      suffix: "duration",
      alarmDescription: `One request in a hundred keeps the function longer than ${latencyAlarmMs} ms`,
      ...onFunction(functionName),
      metricName: "Duration",
      extendedStatistic: "p99",
      threshold: latencyAlarmMs,
      period: 60,
      evaluationPeriods: 5,
    },
  ];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
function urlErrors(functionName: pulumi.Input<string>): Alarm {
  return {
    suffix: "url-5xx",
    alarmDescription: "Clients get errors that are not theirs: read the log group",
    ...onFunction(functionName),
    metricName: "Url5xxCount",
    ...severalErrors,
  };
}
