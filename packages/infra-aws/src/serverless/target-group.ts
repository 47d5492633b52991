/** A function as what a load balancer's requests go to. */
import { type Alias, Permission } from "@pulumi/aws/lambda/index.js";
import { TargetGroupAttachment } from "@pulumi/aws/lb/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface FunctionTargetArgs {
  readonly alias: Alias;
  /** A group of type `lambda`, which takes one function only. */
  readonly targetGroupArn: pulumi.Input<string>;
}

/** The one target of a group, which may be called by that group alone. */
export class FunctionTarget extends pulumi.ComponentResource {
  constructor(name: string, args: FunctionTargetArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:FunctionTarget", name, {}, options);
    const { alias, targetGroupArn } = args;
    const permission = new Permission(
      name,
      {
        action: "lambda:InvokeFunction",
        function: alias.functionName,
        qualifier: alias.name,
        principal: "elasticloadbalancing.amazonaws.com",
        sourceArn: targetGroupArn,
      },
      { parent: this },
    );
    new TargetGroupAttachment(
      name,
      { targetGroupArn, targetId: alias.arn },
      // AWS refuses a target that the group may not call.
      { parent: this, dependsOn: permission },
    );
    this.registerOutputs();
  }
}
