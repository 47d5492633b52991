/** What is looked at, by alarms and by the dashboard. */
import type * as pulumi from "@pulumi/pulumi";

/** The names by which CloudWatch knows a load balancer and its target group. */
export interface Balancer {
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  readonly targetGroupArnSuffix: pulumi.Input<string>;
}

interface MonitoredFleet {
  readonly balancer: Balancer;
  readonly autoScalingGroupName: pulumi.Input<string>;
}

interface MonitoredFunction {
  /** Without one the function has a URL of its own. */
  readonly balancer?: Balancer | undefined;
  readonly functionName: pulumi.Input<string>;
}

/** What answers requests, and where it logs. */
export type Monitored = (MonitoredFleet | MonitoredFunction) & {
  readonly region: string;
  readonly logGroupName: pulumi.Input<string>;
};
