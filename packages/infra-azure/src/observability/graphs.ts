/** What the dashboard shows. */
import type * as pulumi from "@pulumi/pulumi";
import type { Graph } from "./dashboard.ts";

/** What is looked at. */
export interface Observed {
  readonly ingress: {
    readonly kind: "loadBalancer" | "applicationGateway";
    readonly id: pulumi.Input<string>;
  };
  readonly scaleSetId: pulumi.Input<string>;
  readonly autoscaleId: pulumi.Input<string>;
  readonly workspaceId: pulumi.Input<string>;
}

/** The graphs for the way in and the machines. */
export function graphsOf({ ingress, scaleSetId, autoscaleId }: Observed): readonly Graph[] {
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
