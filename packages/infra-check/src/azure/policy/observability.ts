/** Rules on what an operator sees. */

import { items, type ResourceRule, type StackRule, wrongIf } from "../../policy/rule.ts";
import { isList } from "../../recorder/value.ts";
import {
  APPLICATION_GATEWAY,
  DIAGNOSTIC_SETTING,
  LOAD_BALANCER,
  SCALE_SET,
  SECURITY_GROUP,
} from "../types/tokens.ts";

/** What carries traffic, and how its IDs name it. */
const diagnosed: Readonly<Record<string, string>> = {
  [LOAD_BALANCER]: "loadBalancers",
  [APPLICATION_GATEWAY]: "applicationGateways",
  [SCALE_SET]: "virtualMachineScaleSets",
  [SECURITY_GROUP]: "networkSecurityGroups",
};

const diagnostics: StackRule = {
  name: "what-carries-traffic-is-diagnosed",
  reason: "Azure keeps no log of a balancer or a security group until a diagnostic setting says where.",
  types: Object.keys(diagnosed),
  violations: (subjects) => {
    const watched = subjects
      .filter(({ type }) => type === DIAGNOSTIC_SETTING)
      .map(({ props }) => String(props["resourceUri"]));
    return Object.entries(diagnosed)
      .filter(
        ([type, collection]) =>
          subjects.some((subject) => subject.type === type) &&
          !watched.some((id) => id.includes(`/${collection}/`)),
      )
      .map(([type]) => `no ${DIAGNOSTIC_SETTING} is on a ${type}`);
  },
  passes: [[], [{ type: LOAD_BALANCER }, setting("loadBalancers")]],
  breaks: [[{ type: LOAD_BALANCER }], [{ type: SCALE_SET }, setting("loadBalancers")]],
};

function setting(collection: string) {
  const resourceUri = `/subscriptions/0/resourceGroups/x/providers/Microsoft.X/${collection}/sorted`;
  return { type: DIAGNOSTIC_SETTING, props: { resourceUri } };
}

const something: ResourceRule = {
  name: "diagnostics-send-something",
  reason:
    "A diagnostic setting that names neither logs nor metrics, or no workspace, is made and sends nothing.",
  types: [DIAGNOSTIC_SETTING],
  violation: ({ props: { workspaceId, logs, metrics } }) =>
    wrongIf(workspaceId === undefined, "workspaceId must be given") ??
    wrongIf(
      ![...items(logs), ...items(metrics)].some(({ enabled }) => enabled === true),
      "logs or metrics must be enabled",
    ),
  passes: [{ props: { workspaceId: "logs", logs: [{ categoryGroup: "allLogs", enabled: true }] } }],
  breaks: [
    { props: { logs: [{ enabled: true }] } },
    { props: { workspaceId: "logs", metrics: [{ category: "AllMetrics", enabled: false }] } },
  ],
};

const alerts: ResourceRule = {
  name: "alerts-are-global",
  reason:
    "Azure refuses an alert on metrics anywhere but in the location global, which is not the provider's default.",
  types: ["azure-native:monitor:MetricAlert"],
  violation: ({ props: { location, enabled, scopes } }) =>
    wrongIf(location !== "global", "location must be global") ??
    wrongIf(enabled !== true, "enabled must be true") ??
    wrongIf(!isList(scopes) || scopes.length === 0, "scopes must name what is watched"),
  passes: [{ props: { location: "global", enabled: true, scopes: ["balancer"] } }],
  breaks: [
    { props: { enabled: true, scopes: ["balancer"] } },
    { props: { location: "global", enabled: false, scopes: ["balancer"] } },
    { props: { location: "global", enabled: true, scopes: [] } },
  ],
};

export const observabilityRules = [diagnostics, something, alerts];
