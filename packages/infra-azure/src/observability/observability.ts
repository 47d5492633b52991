/** What an operator looks at, and what calls an operator. */
import { ActionGroup, MetricAlert } from "@pulumi/azure-native/monitor/index.js";
import { Dashboard } from "@pulumi/azure-native/portal/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";
import { appLines, machineLines, parts } from "./dashboard.ts";
import { type Diagnosed, diagnostics } from "./diagnostic-settings.ts";
import { graphsOf } from "./graphs.ts";
import {
  type Alert,
  appAlerts,
  applicationGatewayAlerts,
  fleetAlerts,
  loadBalancerAlerts,
} from "./metric-alerts.ts";
import type { Monitored } from "./monitored.ts";

export type ObservabilityArgs = Monitored & {
  readonly group: Group;
  /** Whom to write when an alert goes off. */
  readonly email?: string | undefined;
  /** The average time of an answer that is still good; a load balancer measures none. */
  readonly latencyAlarmMs: number;
};

/** Diagnostics, alerts, a dashboard and, given an address, an action group that sends the alerts there. */
export class Observability extends pulumi.ComponentResource {
  readonly dashboardUrl: pulumi.Output<string>;

  readonly #name: string;
  readonly #args: ObservabilityArgs;

  constructor(name: string, args: ObservabilityArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:Observability", name, {}, options);
    this.#name = name;
    this.#args = args;
    diagnostics({ workspaceId: args.workspaceId, resources: this.#diagnosed() }, this);
    const actionGroup = args.email === undefined ? undefined : this.#actionGroup(args.email);
    for (const alert of this.#alerts()) this.#alert(alert, actionGroup);
    const dashboard = this.#dashboard();
    this.dashboardUrl = pulumi.interpolate`https://portal.azure.com/#@/dashboard/arm${dashboard.id}`;
    this.registerOutputs({ dashboardUrl: this.dashboardUrl });
  }

  #diagnosed(): Readonly<Record<string, Diagnosed>> {
    if ("appId" in this.#args) {
      const { environmentId, appId } = this.#args;
      return {
        [`${this.#name}-environment`]: { resourceId: environmentId, logs: true, metrics: true },
        [`${this.#name}-app`]: { resourceId: appId, logs: false, metrics: true },
      };
    }
    const { ingress, scaleSetId, securityGroupIds } = this.#args;
    const groups = Object.entries(securityGroupIds).map(([name, resourceId]) => [
      `${this.#name}-${name}-rules`,
      { resourceId, logs: true, metrics: false },
    ]);
    return {
      [`${this.#name}-ingress`]: { resourceId: ingress.id, logs: ingressLogs(ingress), metrics: true },
      [`${this.#name}-machines`]: { resourceId: scaleSetId, logs: false, metrics: true },
      ...Object.fromEntries(groups),
    };
  }

  #alerts(): readonly Alert[] {
    const { latencyAlarmMs } = this.#args;
    if ("appId" in this.#args) return appAlerts(this.#args, latencyAlarmMs);
    const { ingress } = this.#args;
    return [
      ...fleetAlerts(this.#args),
      ...(ingress.kind === "loadBalancer"
        ? loadBalancerAlerts(ingress.id)
        : applicationGatewayAlerts(ingress.id, latencyAlarmMs)),
    ];
  }

  #alert(alert: Alert, actionGroup: ActionGroup | undefined): void {
    const { suffix, resourceId, description = "", windowSize, only, ...criterion } = alert;
    new MetricAlert(
      `${this.#name}-${suffix}`,
      {
        resourceGroupName: this.#args.group.name,
        location: "global",
        description,
        severity: 2,
        enabled: true,
        scopes: [resourceId],
        evaluationFrequency: "PT1M",
        windowSize,
        criteria: {
          odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
          allOf: [
            {
              criterionType: "StaticThresholdCriterion",
              name: suffix,
              ...criterion,
              ...(only && {
                dimensions: [{ name: only.dimension, operator: "Include", values: [only.value] }],
              }),
            },
          ],
        },
        actions: actionGroup ? [{ actionGroupId: actionGroup.id }] : [],
      },
      { parent: this },
    );
  }

  #actionGroup(emailAddress: string): ActionGroup {
    return new ActionGroup(
      this.#name,
      {
        resourceGroupName: this.#args.group.name,
        location: "global",
        groupShortName: this.#name,
        enabled: true,
        emailReceivers: [{ name: "operators", emailAddress, useCommonAlertSchema: true }],
      },
      { parent: this },
    );
  }

  #dashboard(): Dashboard {
    const { group, workspaceId } = this.#args;
    const log = { workspaceId, lines: "appId" in this.#args ? appLines : machineLines };
    return new Dashboard(
      this.#name,
      {
        resourceGroupName: group.name,
        properties: { lenses: [{ order: 0, parts: parts(graphsOf(this.#args), log) }] },
        // The portal's title for it.
        tags: { "hidden-title": `${this.#name} ${pulumi.getStack()}` },
      },
      { parent: this },
    );
  }
}

/**
 * A gateway's log of requests costs more than the gateway itself at load, so that only what the firewall refuses is always
 * logged. A load balancer sees no requests.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference
 */
function ingressLogs({ kind, logRequests }: { readonly kind: string; readonly logRequests?: boolean }) {
  if (kind === "loadBalancer") return true;
  const firewall = "ApplicationGatewayFirewallLog";
  return logRequests ? [firewall, "ApplicationGatewayAccessLog"] : [firewall];
}
