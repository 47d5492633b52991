/** The dashboard: traffic, errors, latency, load, and the last errors in the log. */
import * as pulumi from "@pulumi/pulumi";
import type { Balancer, Monitored } from "./monitored.ts";

/** The grid has 24 columns: two graphs a row. */
const graph = { width: 12, height: 6 } as const;

/** Metrics of one unit over time. */
interface Graph {
  readonly title: string;
  readonly stat: "Sum" | "p99" | "Maximum" | "Average";
  readonly metrics: readonly unknown[];
}

/** Graphs of what a load balancer sees. */
function balancerGraphs({ loadBalancerArnSuffix, targetGroupArnSuffix }: Balancer): readonly Graph[] {
  const balancer = ["LoadBalancer", loadBalancerArnSuffix] as const;
  const targets = ["TargetGroup", targetGroupArnSuffix, ...balancer] as const;
  return [
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
  ];
}

function fleetGraphs(groupName: pulumi.Input<string>, balancer: Balancer): readonly Graph[] {
  const fleet = ["AutoScalingGroupName", groupName] as const;
  const { targetGroupArnSuffix, loadBalancerArnSuffix } = balancer;
  const targets = ["TargetGroup", targetGroupArnSuffix, "LoadBalancer", loadBalancerArnSuffix] as const;
  return [
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
}

/** A row of a graph: a metric of a function. */
function ofFunction(functionName: pulumi.Input<string>) {
  return (name: string, ...more: object[]) => ["AWS/Lambda", name, "FunctionName", functionName, ...more];
}

function urlGraph(functionName: pulumi.Input<string>): Graph {
  const metric = ofFunction(functionName);
  return {
    title: "Requests a minute, and errors",
    stat: "Sum",
    metrics: [metric("UrlRequestCount"), metric("Url4xxCount"), metric("Url5xxCount")],
  };
}

function functionGraphs(functionName: pulumi.Input<string>): readonly Graph[] {
  const metric = ofFunction(functionName);
  return [
    {
      title: "Calls that failed, or were refused, a minute",
      stat: "Sum",
      metrics: [metric("Errors"), metric("Throttles")],
    },
    {
      title: "Duration (ms)",
      stat: "p99",
      metrics: [metric("Duration", { stat: "p50" }), metric("Duration", { stat: "p99" })],
    },
    { title: "Instances at work", stat: "Maximum", metrics: [metric("ConcurrentExecutions")] },
  ];
}

/** All graphs of a stack. */
function graphsOf(monitored: Monitored): readonly Graph[] {
  if ("autoScalingGroupName" in monitored) {
    const { balancer, autoScalingGroupName } = monitored;
    return [...balancerGraphs(balancer), ...fleetGraphs(autoScalingGroupName, balancer)];
  }
  const { balancer, functionName } = monitored;
  return [
    ...(balancer ? balancerGraphs(balancer) : [urlGraph(functionName)]),
    ...functionGraphs(functionName),
  ];
}

/** The dashboard's widgets, in rows from the top. */
export function widgets(monitored: Monitored) {
  const { region, logGroupName } = monitored;
  return [
    ...graphsOf(monitored).map(({ title, stat, metrics }) => ({
      type: "metric",
      ...graph,
      properties: { title, stat, metrics, period: 60, region, view: "timeSeries" },
    })),
    {
      type: "log",
      ...graph,
      properties: {
        title: "Last errors in the log",
        region,
        query: logQuery(logGroupName),
        view: "table",
      },
    },
  ];
}

/** Fastify's logger writes level 50 for an error, 60 for a fatal one. */
function logQuery(logGroupName: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`SOURCE '${logGroupName}' | fields @timestamp, msg, err.message | filter level >= 50 | sort @timestamp desc | limit 20`;
}
