/** Log groups, alarms, and the dashboard. */
import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import { type Binding, binding, first } from "./binding.ts";

export function observabilityBindings(
  logs: CloudWatchLogs,
  metrics: CloudWatch,
): Readonly<Record<string, Binding>> {
  return {
    "aws:cloudwatch/logGroup:LogGroup": binding<cloudwatch.LogGroupArgs>({
      async create({ name, retentionInDays, tags }) {
        await logs.createLogGroup({ logGroupName: name, tags });
        await logs.putRetentionPolicy({ logGroupName: name, retentionInDays });
        const { logGroups } = await logs.describeLogGroups({ logGroupNamePrefix: name });
        // The provider leaves the wildcard at the end out.
        return { id: name, arn: first(logGroups).arn?.replace(/:\*$/, "") };
      },
      delete: (logGroupName) => logs.deleteLogGroup({ logGroupName }),
    }),

    "aws:cloudwatch/metricAlarm:MetricAlarm": binding<cloudwatch.MetricAlarmArgs>({
      async create(inputs) {
        const statistic = (["Sum", "Maximum"] as const).find((known) => known === inputs.statistic);
        await metrics.putMetricAlarm({
          AlarmName: inputs.name,
          AlarmDescription: inputs.alarmDescription,
          Namespace: inputs.namespace,
          MetricName: inputs.metricName,
          Dimensions: Object.entries(inputs.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
          Statistic: statistic,
          ExtendedStatistic: inputs.extendedStatistic,
          ComparisonOperator: "GreaterThanThreshold",
          Threshold: inputs.threshold,
          EvaluationPeriods: inputs.evaluationPeriods,
          Period: inputs.period,
          TreatMissingData: inputs.treatMissingData,
        });
        return { id: inputs.name };
      },
      delete: (name) => metrics.deleteAlarms({ AlarmNames: [name] }),
    }),

    "aws:cloudwatch/dashboard:Dashboard": binding<cloudwatch.DashboardArgs>({
      async create({ dashboardName, dashboardBody }) {
        await metrics.putDashboard({
          DashboardName: dashboardName,
          DashboardBody: String(dashboardBody),
        });
        return { id: dashboardName };
      },
      delete: (name) => metrics.deleteDashboards({ DashboardNames: [name] }),
    }),
  };
}
