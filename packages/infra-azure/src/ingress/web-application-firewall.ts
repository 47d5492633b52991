/** Azure WAF with Microsoft's managed rules, for an application gateway. */
import { WebApplicationFirewallPolicy } from "@pulumi/azure-native/network/index.js";
import type { network } from "@pulumi/azure-native/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";

export interface FirewallArgs {
  readonly group: Group;
  /** Let clients read the application's metrics. */
  readonly publicMetrics: boolean;
}

/**
 * Rules about requests that this API takes, by their groups: it answers what is wrong in them with a problem that says
 * where. Azure refuses a policy that names a rule which the set doesn't have: not all of OWASP's are in Microsoft's.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules
 */
const rulesOff: Readonly<Record<string, readonly string[]>> = {
  // QUERY.
  "METHOD-ENFORCEMENT": ["911100"],
  "PROTOCOL-ENFORCEMENT": [
    // A GET with a body; a body whose length nobody knows before.
    ...["920170", "920171", "920180"],
    // Programs that say neither what they accept nor who they are.
    ...["920300", "920310", "920311", "920320", "920330"],
    // A body without a type is JSON; text/csv is a type, and so are character sets beyond those of browsers.
    ...["920340", "920341", "920420", "920480"],
    // Compressed bodies: Content-Encoding.
    "920450",
  ],
};

/** Rules on programs as such, which an API's clients are: each would write a line into the log for each request. */
const botRulesOff: Readonly<Record<string, readonly string[]>> = {
  UnknownBots: ["Bot300100", "Bot300300", "Bot300400", "Bot300500", "Bot300700"],
};

/**
 * A policy that blocks by Microsoft's rules on the request line and the headers. They look neither at bodies nor at values
 * in the query: numbers with brackets, quotes, signs and commas are what the rules on SQL look for, and the API parses
 * each byte by itself. Nor does the policy limit bodies: the API does, and answers with a problem that names its limit.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-waf-request-size-limits
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-waf-configuration
 */
export function firewallPolicy(
  name: string,
  args: FirewallArgs,
  parent: pulumi.Resource,
): WebApplicationFirewallPolicy {
  return new WebApplicationFirewallPolicy(
    name,
    {
      resourceGroupName: args.group.name,
      policySettings: {
        state: "Enabled",
        mode: "Prevention",
        requestBodyCheck: false,
        requestBodyEnforcement: false,
        fileUploadEnforcement: false,
      },
      customRules: args.publicMetrics ? [] : [refuseMetrics],
      managedRules: {
        exclusions: ["RequestArgKeys", "RequestArgValues"].map((matchVariable) => ({
          matchVariable,
          selectorMatchOperator: "EqualsAny",
          selector: "*",
        })),
        managedRuleSets: [
          {
            ruleSetType: "Microsoft_DefaultRuleSet",
            ruleSetVersion: "2.1",
            ruleGroupOverrides: switchedOff(rulesOff),
          },
          {
            ruleSetType: "Microsoft_BotManagerRuleSet",
            ruleSetVersion: "1.1",
            ruleGroupOverrides: switchedOff(botRulesOff),
          },
        ],
      },
    },
    { parent },
  );
}

/** Anywhere in the address: the API itself decodes `%6d` and takes `http://host/metrics` for the same path. */
const refuseMetrics: network.WebApplicationFirewallCustomRuleArgs = {
  name: "metrics",
  priority: 1,
  ruleType: "MatchRule",
  action: "Block",
  matchConditions: [
    {
      matchVariables: [{ variableName: "RequestUri" }],
      operator: "Contains",
      transforms: ["UrlDecode"],
      matchValues: ["/metrics"],
    },
  ],
};

function switchedOff(rules: Readonly<Record<string, readonly string[]>>) {
  return Object.entries(rules).map(([ruleGroupName, ids]) => ({
    ruleGroupName,
    rules: ids.map((ruleId) => ({ ruleId, state: "Disabled" })),
  }));
}
