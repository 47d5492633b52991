/** What a stack of either kind is made from, and what it is to the outside. */
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../config/config.ts";
import type { ExistingIdentity } from "../fleet/managed-identity.ts";
import type { RunningFleet } from "../fleet/running-fleet.ts";
import type { Logs } from "../logs/log-analytics-workspace.ts";
import type { Monitored } from "../observability/monitored.ts";
import type { Group } from "../resources/resource-group.ts";

/** What both kinds share. */
export interface StackArgs {
  readonly name: string;
  readonly settings: Settings;
  /** ServerLB, for what faces clients, and ServerVM, for all else. */
  readonly balancerGroup: Group;
  readonly machineGroup: Group;
  readonly image: {
    readonly uri: pulumi.Output<string>;
    /** Of the registry of Azure that it lies in, if it does. */
    readonly registryId?: pulumi.Input<string> | undefined;
  };
  /** An identity that may pull the image already; without it one is made. */
  readonly identity?: ExistingIdentity | undefined;
  readonly logs: Logs;
  /** The machines that there are, if there are any. */
  readonly running?: RunningFleet | undefined;
  readonly options: pulumi.ComponentResourceOptions;
}

/** A stack that answers requests. */
export interface RunningStack {
  /** The address to send requests to, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** The static address of what answers there. */
  readonly ipAddress: pulumi.Output<string>;
  /** The address that machines are seen by outside. */
  readonly outboundAddress?: pulumi.Output<string>;
  /** Of the virtual network, for whoever peers with it. */
  readonly virtualNetworkId?: pulumi.Output<string>;
  readonly bastionName?: pulumi.Output<string> | undefined;
  readonly scaleSetName?: pulumi.Output<string>;
  readonly appName?: pulumi.Output<string>;
  readonly monitored: Monitored;
  /** Resolves when every machine runs what is declared; fails if that does not come about. */
  readonly rolledOut?: pulumi.Output<void>;
}
