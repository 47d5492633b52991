/** The rules as policies of Pulumi's own kind, for `pulumi up --policy-pack`. */
import type { PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { type ResourceRule, type Rule, type StackRule, type Subject, typesBefore } from "./rule.ts";

/**
 * Each rule as a mandatory policy: a preview or an update that breaks one stops. In a preview Pulumi skips, and says so,
 * what depends on a value that isn't known yet; the update judges it then.
 *
 * @example
 * new PolicyPack("sorted-aws", { policies: toPolicies(awsRules) });
 */
export function toPolicies(rules: readonly Rule[]): (ResourceValidationPolicy | StackValidationPolicy)[] {
  return rules.map((rule) => ("violations" in rule ? stackPolicy(rule) : resourcePolicy(rule)));
}

function resourcePolicy({ name, reason, types, violation }: ResourceRule): ResourceValidationPolicy {
  return {
    name,
    description: reason,
    enforcementLevel: "mandatory",
    validateResource: (resource, report) => {
      if (!types.includes(resource.type)) return;
      const found = violation(toSubject(resource, []));
      if (found !== undefined) report(found);
    },
  };
}

function stackPolicy({ name, reason, types, violations }: StackRule): StackValidationPolicy {
  return {
    name,
    description: reason,
    enforcementLevel: "mandatory",
    validateStack: ({ resources }, report) => {
      if (!resources.some(({ type }) => types.includes(type))) return;
      const subjects = resources.map((resource) =>
        toSubject(
          resource,
          typesBefore(resource, ({ dependencies }) => dependencies),
        ),
      );
      for (const found of violations(subjects)) report(found);
    },
  };
}

function toSubject(
  { type, name, props, opts }: Pick<PolicyResource, "type" | "name" | "props" | "opts">,
  after: readonly string[],
): Subject {
  return {
    type,
    name,
    props,
    ignoreChanges: opts.ignoreChanges,
    after,
  };
}
