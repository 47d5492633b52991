/** A record of the VPC's connections in CloudWatch Logs. */
import { LogGroup } from "@pulumi/aws/cloudwatch/index.js";
import { FlowLog } from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";
import { serviceRole } from "../iam/service-role.ts";

export interface FlowLogsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Rejected connections only, or all: AWS charges by volume. */
  readonly traffic: "rejected" | "all";
  readonly logRetentionDays: number;
}

/** The log, its group, and the role that lets VPC write into that group. */
export class FlowLogs extends pulumi.ComponentResource {
  constructor(name: string, args: FlowLogsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:FlowLogs", name, {}, options);
    const group = new LogGroup(name, { retentionInDays: args.logRetentionDays }, { parent: this });
    const { role, policy } = serviceRole(
      name,
      {
        service: "vpc-flow-logs.amazonaws.com",
        allow: [
          {
            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
          },
        ],
      },
      this,
    );
    new FlowLog(
      name,
      {
        vpcId: args.vpcId,
        trafficType: args.traffic === "all" ? "ALL" : "REJECT",
        logDestination: group.arn,
        iamRoleArn: role.arn,
      },
      { parent: this, dependsOn: policy },
    );
    this.registerOutputs();
  }
}
