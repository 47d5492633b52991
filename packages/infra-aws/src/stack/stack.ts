/** What a stack of either kind is made from, and what it is to the outside. */
import type { LogGroup } from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../config/config.ts";
import type { Monitored } from "../observability/monitored.ts";

/** What both kinds share. */
export interface StackArgs {
  readonly name: string;
  readonly settings: Settings;
  readonly image: {
    readonly uri: pulumi.Output<string>;
    /** What must exist before others than the account's own roles can read it. */
    readonly ready: readonly pulumi.Resource[];
  };
  readonly logGroup: LogGroup;
  readonly tags: Readonly<Record<string, string>>;
  readonly options: pulumi.ComponentResourceOptions;
}

/** A stack that answers requests. */
export interface RunningStack {
  /** The address to send requests to, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** The name in DNS of what answers there. */
  readonly dnsName: pulumi.Output<string>;
  readonly accessLogBucket?: pulumi.Output<string> | undefined;
  readonly autoScalingGroup?: pulumi.Output<string>;
  /** Known once every instance runs the image. */
  readonly rolledOut?: pulumi.Output<unknown>;
  readonly functionName?: pulumi.Output<string>;
  readonly vpcId?: pulumi.Output<string> | undefined;
  readonly monitored: Monitored;
}
