/** What an operator looks at, and what calls an operator. */
import { Dashboard, MetricAlarm } from "@pulumi/aws/cloudwatch/index.js";
import { Topic, TopicSubscription } from "@pulumi/aws/sns/index.js";
import * as pulumi from "@pulumi/pulumi";
import { alarms } from "./alarms.ts";
import { budget } from "./budget.ts";
import { widgets } from "./dashboard.ts";
import type { Monitored } from "./monitored.ts";

export type ObservabilityArgs = Monitored & {
  /** Whom to write when an alarm goes off; AWS asks that address for confirmation first. */
  readonly email?: string | undefined;
  /** The 99th percentile of response times that is still good. */
  readonly latencyAlarmMs: number;
  /** What the account may cost in a month before AWS writes to the address; 0, or undefined, for no limit. */
  readonly monthlyBudgetUsd?: number;
};

/** Alarms, a dashboard and, given an address, a topic that sends the alarms there. */
export class Observability extends pulumi.ComponentResource {
  readonly dashboardUrl: pulumi.Output<string>;

  constructor(name: string, args: ObservabilityArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:Observability", name, {}, options);
    const topic = args.email === undefined ? undefined : this.#topic(name, args.email);
    for (const { suffix, ...alarm } of alarms(args, args.latencyAlarmMs)) {
      new MetricAlarm(
        `${name}-${suffix}`,
        {
          ...alarm,
          comparisonOperator: "GreaterThanThreshold",
          treatMissingData: "notBreaching",
          ...(topic && { alarmActions: [topic.arn], okActions: [topic.arn] }),
        },
        { parent: this },
      );
    }
    const { email, monthlyBudgetUsd: monthlyUsd } = args;
    if (email !== undefined && monthlyUsd) budget(name, { email, monthlyUsd }, this);
    const dashboardBody = pulumi.jsonStringify({ widgets: widgets(args) });
    const dashboard = new Dashboard(
      name,
      { dashboardName: dashboardName(name, args.region), dashboardBody },
      { parent: this },
    );
    const console = `https://${args.region}.console.aws.amazon.com/cloudwatch/home?region=${args.region}`;
    this.dashboardUrl = pulumi.interpolate`${console}#dashboards:name=${dashboard.dashboardName}`;
    this.registerOutputs({ dashboardUrl: this.dashboardUrl });
  }

  #topic(name: string, email: string): Topic {
    const topic = new Topic(`${name}-alarms`, {}, { parent: this });
    new TopicSubscription(
      `${name}-alarms`,
      { topic: topic.arn, protocol: "email", endpoint: email },
      { parent: this },
    );
    return topic;
  }
}

/**
 * Dashboards are not named by Pulumi. An account has one of a name over all regions, and another would replace it unseen.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 */
function dashboardName(name: string, region: string): string {
  return `${name}-${pulumi.getStack()}-${region}`.replaceAll(/[^\w-]/g, "-");
}
