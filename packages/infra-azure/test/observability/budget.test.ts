/** Shows how budgets are declared. Can't show that Azure writes. */
import { test } from "tap";
import { ofType, record } from "../configurations.ts";

test("each resource group has a budget, which writes before it is spent, and keeps the month in which it began", async (t) => {
  const budgets = ofType(await record("ofACompany"), "consumption:Budget");
  t.strictSame(
    budgets.map(({ inputs: { scope } }) => String(scope).split("/").at(-1)),
    ["ServerLB", "ServerVM"],
  );
  for (const { inputs, options } of budgets) {
    t.match(inputs, {
      amount: 500,
      timeGrain: "Monthly",
      timePeriod: { startDate: /^\d{4}-\d\d-01T00:00:00Z$/ },
      notifications: {
        spent: { threshold: 80, thresholdType: "Actual", contactEmails: ["operations@example.com"] },
        expected: { threshold: 100, thresholdType: "Forecasted", contactEmails: ["operations@example.com"] },
      },
    });
    t.strictSame(options.ignoreChanges, ["timePeriod"], "Azure refuses to change it");
  }
});
