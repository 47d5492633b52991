/** What the agents of machines send to a workspace. */
import { DataCollectionRule } from "@pulumi/azure-native/monitor/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";

/** The facility of syslog that the application's container logs to; nothing else on a machine uses it. */
export const logFacility = "local0";

export interface MachineLogsArgs {
  readonly group: Group;
  readonly workspaceId: pulumi.Input<string>;
}

/** A rule by which the agent on a machine sends to the workspace's table `Syslog`. */
export class MachineLogs extends pulumi.ComponentResource {
  /** The rule to associate with whatever has the agent. */
  readonly ruleId: pulumi.Output<string>;

  constructor(name: string, args: MachineLogsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:MachineLogs", name, {}, options);
    const rule = new DataCollectionRule(
      name,
      {
        resourceGroupName: args.group.name,
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
        destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: args.workspaceId }] },
        dataFlows: [{ streams: ["Microsoft-Syslog"], destinations: ["workspace"] }],
      },
      { parent: this },
    );
    this.ruleId = rule.id;
    this.registerOutputs({ ruleId: rule.id });
  }
}
