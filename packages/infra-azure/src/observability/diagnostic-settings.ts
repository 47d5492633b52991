/** What Azure's resources themselves log and measure, sent to the workspace. */
import { DiagnosticSetting } from "@pulumi/azure-native/monitor/index.js";
import type * as pulumi from "@pulumi/pulumi";

/** A resource, and what there is of it. */
export interface Diagnosed {
  readonly resourceId: pulumi.Input<string>;
  /** All logs, or these categories of them. */
  readonly logs: boolean | readonly string[];
  readonly metrics: boolean;
}

/**
 * Sends logs and metrics of resources to a workspace.
 *
 * @param resources by the names of the settings
 */
export function diagnostics(
  args: {
    readonly workspaceId: pulumi.Input<string>;
    readonly resources: Readonly<Record<string, Diagnosed>>;
  },
  parent: pulumi.Resource,
): void {
  for (const [name, { resourceId, logs, metrics }] of Object.entries(args.resources)) {
    new DiagnosticSetting(
      name,
      {
        resourceUri: resourceId,
        workspaceId: args.workspaceId,
        ...(logs !== false && { logs: enabledLogs(logs) }),
        ...(metrics && { metrics: [{ category: "AllMetrics", enabled: true }] }),
      },
      { parent },
    );
  }
}

function enabledLogs(logs: true | readonly string[]) {
  if (logs === true) return [{ categoryGroup: "allLogs", enabled: true }];
  return logs.map((category) => ({ category, enabled: true }));
}
