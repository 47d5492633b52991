/** AWS WAF with Amazon's managed rules in front of the load balancer. */
import * as wafv2 from "@pulumi/aws/wafv2/index.js";
import * as pulumi from "@pulumi/pulumi";

/**
 * Rules that would block what this API is for: many numbers in a body (over 8 KB) or in a query (over 2 KB). They
 * count only; the API has limits of its own.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const countOnly = ["SizeRestrictions_BODY", "SizeRestrictions_QUERYSTRING"];

const ruleGroups = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
] as const;

/** The access control list and its association. On a load balancer WAF sees the first 8 KB of a body. */
export class WebFirewall extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: { readonly resourceArn: pulumi.Input<string> },
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("sorted:aws:WebFirewall", name, {}, options);
    const acl = new wafv2.WebAcl(
      name,
      {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        visibilityConfig: visible(name),
        rules: ruleGroups.map((group, index) => ({
          name: group,
          priority: index,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: "AWS",
              name: group,
              ruleActionOverrides:
                group === "AWSManagedRulesCommonRuleSet"
                  ? countOnly.map((rule) => ({ name: rule, actionToUse: { count: {} } }))
                  : [],
            },
          },
          visibilityConfig: visible(group),
        })),
      },
      { parent: this },
    );
    new wafv2.WebAclAssociation(
      name,
      { webAclArn: acl.arn, resourceArn: args.resourceArn },
      { parent: this },
    );
    this.registerOutputs();
  }
}

function visible(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
