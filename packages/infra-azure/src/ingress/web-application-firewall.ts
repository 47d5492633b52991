/** Azure WAF with Microsoft's managed rules, for an application gateway. */
import { WebApplicationFirewallPolicy } from "@pulumi/azure-native/network/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";

/** How much of a body the rules look at, in KB; what comes after passes. */
const inspectedKB = 128;

/**
 * Rules that would block what this API is for, by their groups. Azure refuses a policy that names a rule which the set
 * doesn't have: not all of OWASP's are in Microsoft's.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules
 */
const rulesOff: Readonly<Record<string, readonly string[]>> = {
  // Bodies that are no JSON: the API answers with a problem that says where.
  General: ["200002"],
  // Methods such as QUERY. The API itself refuses those that it doesn't take.
  "METHOD-ENFORCEMENT": ["911100"],
  // 2147483648, 4294967295 and other numbers at the end of a range; many commas, brackets and signs: `"[3, -.5, 1]"`.
  SQLI: ["942220", "942430", "942460"],
};

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
            ruleGroupOverrides: Object.entries(rulesOff).map(([ruleGroupName, ids]) => ({
              ruleGroupName,
              rules: ids.map((ruleId) => ({ ruleId, state: "Disabled" })),
            })),
          },
          { ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.1" },
        ],
      },
    },
    { parent },
  );
}
