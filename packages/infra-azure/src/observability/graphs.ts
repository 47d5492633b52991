/** What the dashboard shows. */
import type { Graph } from "./dashboard.ts";
import type { Monitored } from "./monitored.ts";

/** All graphs of a stack. */
export function graphsOf(monitored: Monitored): readonly Graph[] {
  if ("appId" in monitored) return containerApp(monitored.appId);
  const { ingress, scaleSetId, autoscaleId } = monitored;
  return [
    ...(ingress.kind === "loadBalancer" ? loadBalancer(ingress.id) : applicationGateway(ingress.id)),
    {
      title: "Machines",
      resourceId: autoscaleId,
      namespace: "microsoft.insights/autoscalesettings",
      metrics: ["ObservedCapacity"],
      aggregation: "average",
    },
    {
      title: "Processor (%)",
      resourceId: scaleSetId,
      namespace: "microsoft.compute/virtualmachinescalesets",
      metrics: ["Percentage CPU"],
      aggregation: "average",
    },
  ];
}

function containerApp(resourceId: Graph["resourceId"]): readonly Graph[] {
  const common = { resourceId, namespace: "microsoft.app/containerapps" } as const;
  return [
    { ...common, title: "Requests", metrics: ["Requests"], aggregation: "total" },
    { ...common, title: "Time to answer (ms)", metrics: ["ResponseTime"], aggregation: "average" },
    { ...common, title: "Replicas", metrics: ["Replicas"], aggregation: "maximum" },
    { ...common, title: "Memory (bytes)", metrics: ["WorkingSetBytes"], aggregation: "average" },
    {
      ...common,
      title: "Restarts of a replica since it began",
      metrics: ["RestartCount"],
      aggregation: "maximum",
    },
  ];
}

/** A layer-4 load balancer knows of connections, not of requests and their errors. */
function loadBalancer(resourceId: Graph["resourceId"]): readonly Graph[] {
  const common = { resourceId, namespace: "microsoft.network/loadbalancers" } as const;
  return [
    { ...common, title: "Connections", metrics: ["SYNCount"], aggregation: "total" },
    {
      ...common,
      title: "Health of machines and balancer (%)",
      metrics: ["DipAvailability", "VipAvailability"],
      aggregation: "average",
    },
  ];
}

function applicationGateway(resourceId: Graph["resourceId"]): readonly Graph[] {
  const common = { resourceId, namespace: "microsoft.network/applicationgateways" } as const;
  return [
    {
      ...common,
      title: "Requests, and those that failed",
      metrics: ["TotalRequests", "FailedRequests"],
      aggregation: "total",
    },
    {
      ...common,
      title: "Time to answer (ms)",
      metrics: ["ApplicationGatewayTotalTime", "BackendLastByteResponseTime"],
      aggregation: "average",
    },
    {
      ...common,
      title: "Healthy and unhealthy machines",
      metrics: ["HealthyHostCount", "UnhealthyHostCount"],
      aggregation: "average",
    },
  ];
}
