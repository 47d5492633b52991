/** Shows that no type is forgotten in the deploy policies, and that they allow no more. */
import { test } from "tap";
import { actionsOf, type Deployed, linkedTo, passedTo, typesOf } from "../../src/trust/actions.ts";
import { deployPolicies, type PolicyDocument, previewPolicy } from "../../src/trust/deploy-policy.ts";
import { configurations, record } from "../configurations.ts";

const actionsIn = ({ Statement }: PolicyDocument) => Statement.flatMap(({ Action }) => Action);

const boundary = {
  rolePath: "/teams/search/",
  permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
};

test("the policies to deploy know every type of resource that is declared, and no other", async (t) => {
  const types = new Set<string>();
  for (const settings of Object.values(configurations)) {
    const { resources } = await record(settings);
    for (const { type, custom } of resources) if (custom) types.add(type);
  }
  t.strictSame(Object.keys(actionsOf).toSorted(), [...types].toSorted());
});

const watching = { alarmEmail: "operations@example.com", monthlyBudgetUsd: 500 };
const entrance = { waf: true, domainName: "sorted.example.com", hostedZoneId: "Z0EXAMPLE" };
const serverless = { compute: "serverless", warmInstances: 1 };

/** The kinds of stacks, and settings with which one declares all that it can. */
const kinds: readonly (readonly [Exclude<Deployed, "any">, readonly Readonly<Record<string, unknown>>[]])[] =
  [
    [
      "fleet",
      [
        { ...entrance, nat: "perZone" },
        { ...entrance, nat: "none" },
      ],
    ],
    ["functionBehindBalancer", [{ ...serverless, ...entrance, endpoint: "loadBalancer" }]],
    ["functionUrl", [serverless]],
  ];

for (const [kind, stacks] of kinds) {
  test(`those for ${kind} know every type that such a stack declares, and no other`, async (t) => {
    const types = new Set<string>();
    for (const stack of stacks) {
      const { resources } = await record({ ...watching, ...stack });
      for (const { type, custom } of resources) if (custom) types.add(type);
    }
    t.strictSame(typesOf(kind).toSorted(), [...types].toSorted());
  });
}

test("whoever deploys functions with a URL changes no network, no instance and no load balancer", async (t) => {
  const actions = Object.values(deployPolicies(undefined, "functionUrl")).flatMap(actionsIn);
  for (const action of actions) {
    t.notMatch(action, /^(ec2|autoscaling|elasticloadbalancing|route53|acm|wafv2|s3|ssm):/);
  }
  const fleet = Object.values(deployPolicies(undefined, "fleet")).flatMap(actionsIn);
  for (const action of fleet) t.notMatch(action, /^lambda:/);
});

test("roles are passed, and made, only for the services that need them", async (t) => {
  for (const type of [passedTo, linkedTo].flatMap(Object.keys)) t.ok(type in actionsOf, type);
  const services = (deployed: Deployed) =>
    Object.values(deployPolicies(undefined, deployed))
      .flatMap(({ Statement }) => Statement)
      .flatMap(({ Condition }) => Condition ?? [])
      .flatMap(({ StringEquals }) => Object.values(StringEquals));
  t.strictSame(services("functionUrl"), [["lambda.amazonaws.com"], ["budgets.amazonaws.com"]]);
  t.strictSame(services("fleet"), [
    ["ec2.amazonaws.com", "vpc-flow-logs.amazonaws.com"],
    [
      "autoscaling.amazonaws.com",
      "budgets.amazonaws.com",
      "elasticloadbalancing.amazonaws.com",
      "spot.amazonaws.com",
    ],
  ]);
});

test("together they allow all that a type takes", async (t) => {
  const allowed = Object.values(deployPolicies()).flatMap(actionsIn);
  for (const [type, actions] of Object.entries(actionsOf)) {
    for (const action of actions) t.ok(allowed.includes(action), `${type} ${action}`);
  }
  for (const action of allowed) t.notMatch(action, /^\*|:\*$/);
});

test("each fits into a managed policy, and one role takes them all", async (t) => {
  for (const roles of [undefined, boundary]) {
    const policies = Object.entries(deployPolicies(roles));
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    t.ok(policies.length <= 10);
    for (const [part, policy] of policies) {
      const { length } = JSON.stringify(policy);
      t.ok(length <= 6144, `${part} has ${length} characters`);
    }
  }
});

test("a preview reads, and nothing else", async (t) => {
  for (const action of actionsIn(previewPolicy())) t.match(action, /^[a-z0-9-]+:(Get|List|Describe|View)/);
});

test("of parameters whoever deploys reads AWS's own only: an account's may be secrets", async (t) => {
  const ssm = Object.values(deployPolicies())
    .flatMap(({ Statement }) => Statement)
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith("ssm:")));
  t.strictSame(
    ssm.map(({ Resource }) => Resource),
    ["arn:aws:ssm:*::parameter/aws/service/*"],
  );
});

test("with a boundary whoever deploys can make no role without it, and take it from none", async (t) => {
  const statements = Object.values(deployPolicies(boundary)).flatMap(({ Statement }) => Statement);
  const about = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));
  for (const action of [
    "iam:CreateRole",
    "iam:PutRolePolicy",
    "iam:DeleteRolePolicy",
    "iam:PutRolePermissionsBoundary",
  ]) {
    t.strictSame(
      about(action).map(({ Condition }) => Condition),
      [{ StringEquals: { "iam:PermissionsBoundary": boundary.permissionsBoundaryArn } }],
      action,
    );
  }
  t.strictSame(about("iam:DeleteRolePermissionsBoundary"), []);
});

test("with a path it reaches the roles of that path only, and reads the boundary", async (t) => {
  const iam = Object.values(deployPolicies(boundary))
    .flatMap(({ Statement }) => Statement)
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith("iam:")))
    .flatMap(({ Resource }) => Resource);
  t.strictSame([...new Set(iam)].toSorted(), [
    "arn:aws:iam::*:instance-profile/teams/search/sorted-*",
    "arn:aws:iam::*:role/aws-service-role/*",
    "arn:aws:iam::*:role/teams/search/sorted-*",
    boundary.permissionsBoundaryArn,
  ]);
});

test("with a key of the account's own it may use that key, and no other", async (t) => {
  const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
  const about = (policies: Record<string, PolicyDocument>) =>
    Object.values(policies)
      .flatMap(({ Statement }) => Statement)
      .filter(({ Action }) => [Action].flat().some((action) => action.startsWith("kms:")));
  t.strictSame(about(deployPolicies()), []);
  t.strictSame(
    new Set(about(deployPolicies({ rolePath: "/", kmsKeyArn })).map(({ Resource }) => Resource)),
    new Set([kmsKeyArn]),
  );
});
