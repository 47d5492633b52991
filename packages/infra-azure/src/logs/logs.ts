/** Where logs go: a workspace of Log Analytics, and the rule by which the machines' agents send there. */
import { DataCollectionRule } from "@pulumi/azure-native/monitor/index.js";
import { Workspace } from "@pulumi/azure-native/operationalinsights/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resource-group.ts";

/** The facility of syslog that the application's container logs to; nothing else on a machine uses it. */
export const logFacility = "local0";

export interface LogsArgs {
  readonly group: Group;
  /** Days to keep what was logged, 30 to 730. */
  readonly retentionDays: number;
}

/** A workspace, and a rule for what the agent on a machine sends to its table `Syslog`. */
export class Logs extends pulumi.ComponentResource {
  readonly workspaceId: pulumi.Output<string>;
  readonly workspaceName: pulumi.Output<string>;
  /** The rule to associate with whatever has the agent. */
  readonly ruleId: pulumi.Output<string>;

  constructor(name: string, args: LogsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:Logs", name, {}, options);
    const resourceGroupName = args.group.name;
    const workspace = new Workspace(
      name,
      { resourceGroupName, sku: { name: "PerGB2018" }, retentionInDays: args.retentionDays },
      { parent: this },
    );
    const rule = new DataCollectionRule(
      name,
      {
        resourceGroupName,
        kind: "Linux",
        dataSources: {
          syslog: [
            {
              name: "application",
              streams: ["Microsoft-Syslog"],
              facilityNames: [logFacility],
              logLevels: ["Info", "Notice", "Warning", "Error", "Critical", "Alert", "Emergency"],
            },
          ],
        },
        destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: workspace.id }] },
        dataFlows: [{ streams: ["Microsoft-Syslog"], destinations: ["workspace"] }],
      },
      { parent: this },
    );
    this.workspaceId = workspace.id;
    this.workspaceName = workspace.name;
    this.ruleId = rule.id;
    this.registerOutputs({ workspaceId: workspace.id });
  }
}
