/** The dashboard: traffic, errors, latency, load, and the last errors in the log. */
import * as pulumi from "@pulumi/pulumi";

/** What is looked at. */
export interface Observed {
  readonly region: string;
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  readonly targetGroupArnSuffix: pulumi.Input<string>;
  readonly autoScalingGroupName: pulumi.Input<string>;
  readonly logGroupName: pulumi.Input<string>;
}

/** The grid has 24 columns: two graphs a row. */
const graph = { width: 12, height: 6 } as const;

/** The dashboard's widgets, in rows from the top. */
export function widgets(observed: Observed) {
  const balancer = ["LoadBalancer", observed.loadBalancerArnSuffix] as const;
  const targets = ["TargetGroup", observed.targetGroupArnSuffix, ...balancer] as const;
  const fleet = ["AutoScalingGroupName", observed.autoScalingGroupName] as const;
  const graphs = [
    {
      title: "Requests a minute",
      stat: "Sum",
      metrics: [["AWS/ApplicationELB", "RequestCount", ...balancer]],
    },
    {
      title: "Errors a minute",
      stat: "Sum",
      metrics: [
        ["AWS/ApplicationELB", "HTTPCode_Target_4XX_Count", ...targets],
        ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", ...targets],
        ["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", ...balancer],
        ["AWS/ApplicationELB", "RejectedConnectionCount", ...balancer],
      ],
    },
    {
      title: "Response time (s)",
      stat: "p99",
      metrics: [
        ["AWS/ApplicationELB", "TargetResponseTime", ...targets, { stat: "p50" }],
        ["AWS/ApplicationELB", "TargetResponseTime", ...targets, { stat: "p99" }],
      ],
    },
    {
      title: "Instances",
      stat: "Maximum",
      metrics: [
        ["AWS/AutoScaling", "GroupDesiredCapacity", ...fleet],
        ["AWS/AutoScaling", "GroupInServiceInstances", ...fleet],
        ["AWS/ApplicationELB", "UnHealthyHostCount", ...targets],
      ],
    },
    { title: "Processor (%)", stat: "Average", metrics: [["AWS/EC2", "CPUUtilization", ...fleet]] },
  ];
  return [
    ...graphs.map(({ title, stat, metrics }) => ({
      type: "metric",
      ...graph,
      properties: { title, stat, metrics, period: 60, region: observed.region, view: "timeSeries" },
    })),
    {
      type: "log",
      ...graph,
      properties: {
        title: "Last errors in the log",
        region: observed.region,
        query: logQuery(observed.logGroupName),
        view: "table",
      },
    },
  ];
}

/** Fastify's logger writes level 50 for an error, 60 for a fatal one. */
function logQuery(logGroupName: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`SOURCE '${logGroupName}' | fields @timestamp, msg, err.message | filter level >= 50 | sort @timestamp desc | limit 20`;
}
