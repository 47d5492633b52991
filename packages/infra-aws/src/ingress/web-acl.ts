/** AWS WAF with Amazon's managed rules in front of the load balancer. */
import { LogGroup } from "@pulumi/aws/cloudwatch/index.js";
import * as wafv2 from "@pulumi/aws/wafv2/index.js";
import * as pulumi from "@pulumi/pulumi";

/**
 * Rules that would refuse what this API is for. They count only.
 *
 * A body or a query may be long, and a table or a record may have any text beside the numbers: the application reads no file
 * and shows no page for it. Many programs send no User-Agent.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const countOnly = [
  "NoUserAgent_HEADER",
  ...["SizeRestrictions", "EC2MetaDataSSRF", "GenericLFI", "GenericRFI", "CrossSiteScripting"].map(
    (rule) => `${rule}_BODY`,
  ),
  "SizeRestrictions_QUERYSTRING",
  ...["EC2MetaDataSSRF", "GenericLFI", "GenericRFI", "CrossSiteScripting", "RestrictedExtensions"].map(
    (rule) => `${rule}_QUERYARGUMENTS`,
  ),
];

const ruleGroups = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
] as const;

/**
 * The access control list, its association, and a log of what it refuses. On a load balancer WAF sees the first 8 KB of a
 * body.
 */
export class WebFirewall extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: { readonly resourceArn: pulumi.Input<string>; readonly logDays: number },
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
    this.#log(name, acl, args.logDays);
    this.registerOutputs();
  }

  #log(name: string, acl: wafv2.WebAcl, retentionInDays: number): void {
    // AWS takes no group with another beginning.
    // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    const group = new LogGroup(`aws-waf-logs-${name}`, { retentionInDays }, { parent: this });
    const refused = {
      behavior: "KEEP",
      requirement: "MEETS_ANY",
      conditions: [{ actionCondition: { action: "BLOCK" } }],
    };
    new wafv2.WebAclLoggingConfiguration(
      name,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [group.arn],
        loggingFilter: { defaultBehavior: "DROP", filters: [refused] },
        // They may hold a key of the API.
        redactedFields: ["authorization", "x-api-key"].map((header) => ({ singleHeader: { name: header } })),
      },
      { parent: this },
    );
  }
}

function visible(metricName: string) {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
