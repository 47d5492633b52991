/** What a month may cost before somebody is told. */
import { Budget } from "@pulumi/azure-native/consumption/index.js";
import type * as pulumi from "@pulumi/pulumi";

export interface BudgetArgs {
  /** The ID of the resource group whose costs count. */
  readonly scope: pulumi.Input<string>;
  /** For a month, in the currency of the bill. */
  readonly amount: number;
  /** Whom to write. */
  readonly email: string;
}

/** Writes when 80 % of the amount is spent, and when Azure expects that all of it will be. It stops nothing. */
export function monthlyBudget(name: string, args: BudgetArgs, options: pulumi.CustomResourceOptions): Budget {
  const message = { enabled: true, operator: "GreaterThanOrEqualTo", contactEmails: [args.email] };
  return new Budget(
    name,
    {
      scope: args.scope,
      category: "Cost",
      timeGrain: "Monthly",
      amount: args.amount,
      timePeriod: { startDate: `${new Date().toISOString().slice(0, 7)}-01T00:00:00Z` },
      notifications: {
        spent: { ...message, threshold: 80, thresholdType: "Actual" },
        expected: { ...message, threshold: 100, thresholdType: "Forecasted" },
      },
    },
    // It must be the first day of the current month when the budget is made, and can't change later.
    // https://learn.microsoft.com/rest/api/consumption/budgets/create-or-update
    { ...options, ignoreChanges: ["timePeriod"] },
  );
}
