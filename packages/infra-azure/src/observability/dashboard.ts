/** The dashboard: traffic, health, load, and the last errors in the log. */
import type { portal } from "@pulumi/azure-native/types/input.js";
import type * as pulumi from "@pulumi/pulumi";

/** A graph of some metrics of one resource. */
export interface Graph {
  readonly title: string;
  readonly resourceId: pulumi.Input<string>;
  readonly namespace: string;
  readonly metrics: readonly string[];
  readonly aggregation: "total" | "average" | "maximum";
}

/** The portal's numbers for aggregations. */
const aggregations = { total: 1, maximum: 3, average: 4 } as const;

/** Two graphs a row, in the portal's squares. */
const graphSize = { colSpan: 8, rowSpan: 4 } as const;

/** What machines send of the application's log: a line is in the column `line`, and where it comes from in `source`. */
export const machineLines = `Syslog
| where Facility == "local0"
| project TimeGenerated, source = Computer, line = parse_json(SyslogMessage)`;

/** Likewise what an environment of container apps sends. */
export const appLines = `ContainerAppConsoleLogs
| project TimeGenerated, source = ContainerGroupName, line = parse_json(Log)`;

/** Fastify's logger writes level 50 for an error, 60 for a fatal one. */
const lastErrors = `| where toint(line.level) >= 50
| project TimeGenerated, source, message = tostring(line.msg), error = tostring(line.err.message)
| order by TimeGenerated desc
| take 20`;

/** The application's log. */
interface Log {
  readonly workspaceId: pulumi.Input<string>;
  /** A query for its lines. */
  readonly lines: string;
}

/** The dashboard's parts: graphs in rows from the top, then the last errors in the log. */
export function parts(graphs: readonly Graph[], log: Log): portal.DashboardPartsArgs[] {
  return [...graphs.map(chart), query(log)].map((metadata, index) => ({
    position: {
      x: (index % 2) * graphSize.colSpan,
      y: Math.floor(index / 2) * graphSize.rowSpan,
      ...graphSize,
    },
    metadata,
  }));
}

function chart({
  title,
  resourceId,
  namespace,
  metrics,
  aggregation,
}: Graph): portal.DashboardPartMetadataArgs {
  return {
    type: "Extension/HubsExtension/PartType/MonitorChartPart",
    inputs: [
      {
        name: "options",
        value: {
          chart: {
            title,
            metrics: metrics.map((name) => ({
              resourceMetadata: { id: resourceId },
              name,
              namespace,
              aggregationType: aggregations[aggregation],
            })),
            visualization: { chartType: 2 },
          },
        },
      },
    ],
  };
}

function query({ workspaceId, lines }: Log): portal.DashboardPartMetadataArgs {
  return {
    type: "Extension/Microsoft_OperationsManagementSuite_Workspace/PartType/LogsDashboardPart",
    inputs: [
      { name: "Scope", value: { resourceIds: [workspaceId] } },
      { name: "Query", value: `${lines}\n${lastErrors}` },
      { name: "PartTitle", value: "Last errors in the log" },
      { name: "TimeRange", value: "P1D" },
      { name: "ControlType", value: "AnalyticsGrid" },
      { name: "Version", value: "2.0" },
    ],
  };
}
