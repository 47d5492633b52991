/** Where logs go: a workspace of Log Analytics. */
import { Workspace } from "@pulumi/azure-native/operationalinsights/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";

export interface LogsArgs {
  readonly group: Group;
  /** Days to keep what was logged, 30 to 730. */
  readonly retentionDays: number;
}

/** A workspace. */
export class Logs extends pulumi.ComponentResource {
  readonly workspaceId: pulumi.Output<string>;
  readonly workspaceName: pulumi.Output<string>;

  constructor(name: string, args: LogsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:Logs", name, {}, options);
    const workspace = new Workspace(
      name,
      {
        resourceGroupName: args.group.name,
        sku: { name: "PerGB2018" },
        retentionInDays: args.retentionDays,
      },
      { parent: this },
    );
    this.workspaceId = workspace.id;
    this.workspaceName = workspace.name;
    this.registerOutputs({ workspaceId: workspace.id });
  }
}
