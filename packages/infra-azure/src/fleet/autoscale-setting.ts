/** How many machines there are. */
import { AutoscaleSetting } from "@pulumi/azure-native/monitor/index.js";
import type { monitor } from "@pulumi/azure-native/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";

export interface ScalingArgs {
  readonly group: Group;
  readonly scaleSetId: pulumi.Input<string>;
  readonly minInstances: number;
  readonly maxInstances: number;
  /** Above this load of the processors a machine is added; below half of it one is removed. */
  readonly cpuPercent: number;
}

/**
 * Adds and removes one machine at a time. Azure removes none where the rest would then be above the limit again.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-understanding-settings
 */
export function autoscale(name: string, args: ScalingArgs, parent: pulumi.Resource): AutoscaleSetting {
  const { scaleSetId, minInstances, maxInstances, cpuPercent } = args;
  const rule = (
    operator: "GreaterThan" | "LessThan",
    threshold: number,
    direction: "Increase" | "Decrease",
    timeWindow: string,
  ): monitor.ScaleRuleArgs => ({
    metricTrigger: {
      metricName: "Percentage CPU",
      metricResourceUri: scaleSetId,
      timeGrain: "PT1M",
      statistic: "Average",
      timeWindow,
      timeAggregation: "Average",
      operator,
      threshold,
    },
    scaleAction: { direction, type: "ChangeCount", value: "1", cooldown: "PT5M" },
  });
  return new AutoscaleSetting(
    name,
    {
      resourceGroupName: args.group.name,
      enabled: true,
      targetResourceUri: scaleSetId,
      profiles: [
        {
          name: "cpu",
          capacity: {
            minimum: String(minInstances),
            maximum: String(maxInstances),
            default: String(minInstances),
          },
          rules: [
            rule("GreaterThan", cpuPercent, "Increase", "PT5M"),
            rule("LessThan", cpuPercent / 2, "Decrease", "PT10M"),
          ],
        },
      ],
    },
    { parent },
  );
}
