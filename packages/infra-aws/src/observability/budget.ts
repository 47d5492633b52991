/** A limit of costs that calls somebody. */
import { Budget } from "@pulumi/aws/budgets/index.js";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A monthly budget of the whole account: AWS writes when 80 % are spent, and when the month will probably cost more than all.
 * It stops nothing. A budget of the stack alone would need its tag activated for billing, which takes a day and another role.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 */
export function budget(
  name: string,
  args: { readonly email: string; readonly monthlyUsd: number },
  parent: pulumi.Resource,
): Budget {
  const notification = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
    notificationType,
    threshold,
    thresholdType: "PERCENTAGE",
    comparisonOperator: "GREATER_THAN",
    subscriberEmailAddresses: [args.email],
  });
  return new Budget(
    name,
    {
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(args.monthlyUsd),
      limitUnit: "USD",
      notifications: [notification("ACTUAL", 80), notification("FORECASTED", 100)],
    },
    { parent },
  );
}
