/** What is looked at, by alerts and by the dashboard. */
import type * as pulumi from "@pulumi/pulumi";

interface MonitoredFleet {
  readonly ingress: {
    readonly kind: "loadBalancer" | "applicationGateway";
    readonly id: pulumi.Input<string>;
    /** Log a line for each request, where the way in sees requests. */
    readonly logRequests?: boolean;
  };
  readonly scaleSetId: pulumi.Input<string>;
  readonly autoscaleId: pulumi.Input<string>;
  /** Network security groups by name, whose rules' use is logged. */
  readonly securityGroupIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly minInstances: number;
  readonly maxInstances: number;
  /** The load of the processors that machines of this size can have for ever, in percent. */
  readonly sustainedPercent: number;
}

interface MonitoredApp {
  readonly environmentId: pulumi.Input<string>;
  readonly appId: pulumi.Input<string>;
  /** Where as many are kept started as may be, there is no alert on having reached that. */
  readonly warmInstances: number;
  readonly instanceLimit: number;
}

/** What answers requests, and where it logs. */
export type Monitored = (MonitoredFleet | MonitoredApp) & { readonly workspaceId: pulumi.Input<string> };
