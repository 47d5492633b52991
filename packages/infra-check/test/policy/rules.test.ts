/**
 * Shows that each rule accepts what is right and finds what is wrong, by its own examples. Whether the programs keep the
 * rules is shown beside each program.
 */
import { test } from "tap";
import { awsRules } from "../../src/aws/policy/rules.ts";
import { azureRules } from "../../src/azure/policy/rules.ts";
import {
  type Example,
  type ResourceRule,
  type StackExample,
  subjectOf,
  violationsOf,
} from "../../src/policy/rule.ts";

const clouds = { AWS: awsRules, Azure: azureRules };

test("rules have names of their own, in kebab case, and a reason", async (t) => {
  for (const rules of Object.values(clouds)) {
    t.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
    for (const { name, reason } of rules) {
      t.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      t.match(reason, /^[A-Z0-9].{30,}\.$/, name);
    }
  }
});

/** A resource rule's example as a stack of one resource. */
function stackOf(rule: ResourceRule, example: Example): readonly StackExample[] {
  return [{ type: rule.types[0] ?? "", ...example }];
}

const everyRule = Object.entries(clouds).flatMap(([cloud, rules]) => rules.map((rule) => ({ cloud, rule })));

for (const { cloud, rule } of everyRule) {
  const isStack = "violations" in rule;
  const passes = isStack ? rule.passes : rule.passes.map((example) => stackOf(rule, example));
  const breaks = isStack ? rule.breaks : rule.breaks.map((example) => stackOf(rule, example));
  test(`${cloud}: ${rule.name}`, async (t) => {
    for (const stack of passes)
      t.strictSame(violationsOf(rule, stack.map(subjectOf)), [], `passes: ${JSON.stringify(stack)}`);
    t.ok(breaks.length > 0, "has an example that breaks it");
    for (const stack of breaks)
      t.not(violationsOf(rule, stack.map(subjectOf)).length, 0, `breaks: ${JSON.stringify(stack)}`);
  });
}

test("a resource rule looks at its own types only", async (t) => {
  for (const { rule } of everyRule)
    t.strictSame(violationsOf(rule, [subjectOf({ type: "other" })]), [], rule.name);
});
