/** The alarms, all on what the load balancer sees: it is what clients see. */
import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/index.js";

/** One alarm: what differs from the others. */
export interface Alarm
  extends Pick<
    MetricAlarmArgs,
    | "alarmDescription"
    | "metricName"
    | "statistic"
    | "extendedStatistic"
    | "threshold"
    | "evaluationPeriods"
    | "period"
  > {
  readonly suffix: string;
  /** Whether the metric is of the target group, rather than of the load balancer as a whole. */
  readonly perTargetGroup: boolean;
}

/**
 * @param latencyAlarmMs the 99th percentile of response times that is still good
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function alarms(latencyAlarmMs: number): readonly Alarm[] {
  return [
    {
      suffix: "target-5xx",
      alarmDescription: "The application answers with errors of its own: read the log group",
      metricName: "HTTPCode_Target_5XX_Count",
      perTargetGroup: true,
      statistic: "Sum",
      threshold: 5,
      period: 60,
      evaluationPeriods: 3,
    },
    {
      suffix: "balancer-5xx",
      alarmDescription: "The load balancer gets no good answer from an instance: 502, 503 or 504",
      metricName: "HTTPCode_ELB_5XX_Count",
      perTargetGroup: false,
      statistic: "Sum",
      threshold: 5,
      period: 60,
      evaluationPeriods: 3,
    },
    {
      suffix: "unhealthy",
      alarmDescription: "An instance fails its health check, and was not replaced in time",
      metricName: "UnHealthyHostCount",
      perTargetGroup: true,
      statistic: "Maximum",
      threshold: 0,
      period: 60,
      evaluationPeriods: 10,
    },
    {
      suffix: "latency",
      alarmDescription: `One request in a hundred takes longer than ${latencyAlarmMs} ms`,
      metricName: "TargetResponseTime",
      perTargetGroup: true,
      extendedStatistic: "p99",
      threshold: latencyAlarmMs / 1000,
      period: 60,
      evaluationPeriods: 5,
    },
    {
      suffix: "rejected",
      alarmDescription: "The load balancer refused connections: it has reached its limit",
      metricName: "RejectedConnectionCount",
      perTargetGroup: false,
      statistic: "Sum",
      threshold: 0,
      period: 60,
      evaluationPeriods: 1,
    },
  ];
}
