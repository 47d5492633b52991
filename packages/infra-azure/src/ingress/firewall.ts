/** Azure WAF with Microsoft's managed rules, for an application gateway. */
import { WebApplicationFirewallPolicy } from "@pulumi/azure-native/network/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resource-group.ts";

/** How much of a body the rules look at, in KB; what comes after passes. */
const inspectedKB = 128;

/**
 * Rules that count commas, brackets and signs, which is what this API is sent: `"[3, -.5, 1]"` would be an attack.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules
 */
const punctuationRules = ["942420", "942421", "942430", "942431", "942432", "942460"];

/**
 * A policy that blocks by Microsoft's rules. It limits no body: the API does, and answers with a problem that names its
 * limit, where WAF would answer 413 with a page of HTML above 128 KB.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-waf-request-size-limits
 */
export function firewallPolicy(
  name: string,
  args: { readonly group: Group },
  parent: pulumi.Resource,
): WebApplicationFirewallPolicy {
  return new WebApplicationFirewallPolicy(
    name,
    {
      resourceGroupName: args.group.name,
      policySettings: {
        state: "Enabled",
        mode: "Prevention",
        requestBodyCheck: true,
        requestBodyInspectLimitInKB: inspectedKB,
        requestBodyEnforcement: false,
        fileUploadEnforcement: false,
      },
      managedRules: {
        managedRuleSets: [
          {
            ruleSetType: "Microsoft_DefaultRuleSet",
            ruleSetVersion: "2.1",
            ruleGroupOverrides: [
              {
                ruleGroupName: "SQLI",
                rules: punctuationRules.map((ruleId) => ({ ruleId, state: "Disabled" })),
              },
            ],
          },
          { ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.1" },
        ],
      },
    },
    { parent },
  );
}
