/**
 * The policies of whoever deploys: what the types that a stack declares take, where it can be limited to what is the stack's own.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import type { AccountRules } from "../iam/account-rules.ts";
import { actionsOf, type Deployed, linkedTo, passedTo, typesOf } from "./actions.ts";

/** What only reads, and names no resource. */
const reads = [
  "acm:DescribeCertificate",
  "acm:ListTagsForCertificate",
  "autoscaling:Describe*",
  "budgets:ListTagsForResource",
  "budgets:ViewBudget",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:GetDashboard",
  "cloudwatch:ListTagsForResource",
  "ec2:Describe*",
  "ec2:GetSecurityGroupsForVpc",
  "ecr:GetAuthorizationToken",
  "elasticloadbalancing:Describe*",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:ListTagsForResource",
  "route53:Get*",
  "route53:ListResourceRecordSets",
  "route53:ListTagsForResource",
  "sns:Get*Attributes",
  "sns:ListTagsForResource",
  "sts:GetCallerIdentity",
  "wafv2:GetLoggingConfiguration",
  "wafv2:GetWebACL*",
  "wafv2:ListTagsForResource",
];

/** What Pulumi names `sorted-…`, and what is read of it, by service. */
const owned = ({ rolePath }: AccountRules) => ({
  s3: {
    resources: ["arn:aws:s3:::sorted-*"],
    reads: ["s3:Get*", "s3:ListBucket*", "s3:ListTagsForResource"],
  },
  iam: {
    resources: [rolesIn(rolePath), `arn:aws:iam::*:instance-profile${rolePath}sorted-*`],
    reads: ["iam:Get*", "iam:List*"],
  },
  ecr: {
    resources: ["arn:aws:ecr:*:*:repository/sorted-*"],
    reads: ["ecr:DescribeRepositories", "ecr:Get*Policy", "ecr:ListTagsForResource"],
  },
  lambda: { resources: ["arn:aws:lambda:*:*:function:sorted-*"], reads: ["lambda:Get*", "lambda:List*"] },
});

const rolesIn = (path: string) => `arn:aws:iam::*:role${path}sorted-*`;

/**
 * What may only be done to a role with the boundary, where there is one; to take a boundary away is then not allowed at all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
const boundedActions = [
  "iam:CreateRole",
  "iam:DeleteRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
];

/**
 * What services ask for in the name of whoever gives them a key: ECR and Lambda make grants.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/security-encryption-at-rest.html
 */
const kmsActions = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:RetireGrant",
];

/** A policy document. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

interface Condition {
  readonly StringEquals: Readonly<Record<string, string | readonly string[]>>;
}

interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Condition;
}

const allow = (
  Action: Statement["Action"],
  Resource: Statement["Resource"],
  Condition?: Condition,
): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition && { Condition }),
});

const document = (Statement: readonly Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });

const serviceOf = (action: string) => action.split(":", 1)[0] ?? "";

const distinct = (texts: readonly string[]) => [...new Set(texts)].toSorted();

const noRules: AccountRules = { rolePath: "/" };

/**
 * The policies to deploy with, by name: each fits into a managed policy, and a role takes ten of those. A part that would allow
 * nothing is left out.
 *
 * @param rules of the account
 * @param deployed what may be deployed with them
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function deployPolicies(
  rules = noRules,
  deployed: Deployed = "any",
): Readonly<Record<string, PolicyDocument>> {
  const actions = distinct(typesOf(deployed).flatMap((type) => actionsOf[type] ?? []));
  const ownServices = Object.keys(owned(rules));
  const isNetwork = (action: string) => serviceOf(action) === "ec2";
  const isOwned = (action: string) => ownServices.includes(serviceOf(action));
  const parts = {
    network: [allow(actions.filter(isNetwork), "*")],
    services: [
      allow(
        actions.filter((action) => !isNetwork(action) && !isOwned(action)),
        "*",
      ),
    ],
    owned: ownedStatements(rules, deployed, actions.filter(isOwned)),
  };
  const allowing = Object.entries(parts)
    .map(([part, statements]) => [part, statements.filter(({ Action }) => Action.length > 0)] as const)
    .filter(([, statements]) => statements.length > 0)
    .map(([part, statements]) => [part, document(statements)] as const);
  return { read: previewPolicy(rules, deployed), ...Object.fromEntries(allowing) };
}

/** What is limited to the names of what a stack has, to a key, or to services. */
function ownedStatements(
  rules: AccountRules,
  deployed: Deployed,
  actions: readonly string[],
): readonly Statement[] {
  const { rolePath, permissionsBoundaryArn: boundary, kmsKeyArn } = rules;
  const types = typesOf(deployed);
  const isBounded = (action: string) =>
    boundary !== undefined &&
    (boundedActions.includes(action) || action === "iam:DeleteRolePermissionsBoundary");
  const hasFunction = types.includes("aws:lambda/function:Function");
  const passed = distinct(types.flatMap((type) => passedTo[type] ?? []));
  const linked = distinct(types.flatMap((type) => linkedTo[type] ?? []));
  return [
    ...Object.entries(owned(rules)).map(([service, { resources }]) =>
      allow(
        actions.filter((action) => serviceOf(action) === service && !isBounded(action)),
        resources,
      ),
    ),
    ...(boundary === undefined
      ? []
      : [
          allow(boundedActions, rolesIn(rolePath), {
            StringEquals: { "iam:PermissionsBoundary": boundary },
          }),
        ]),
    // Lambda asks for these in the name of whoever names an image, which may be in any repository.
    // https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#gettingstarted-images-permissions
    ...(hasFunction
      ? [allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], "arn:aws:ecr:*:*:repository/*")]
      : []),
    ...(kmsKeyArn === undefined ? [] : [allow(kmsActions, kmsKeyArn)]),
    allow("iam:PassRole", rolesIn(rolePath), { StringEquals: { "iam:PassedToService": passed } }),
    ...(linked.length === 0
      ? []
      : [
          allow("iam:CreateServiceLinkedRole", "arn:aws:iam::*:role/aws-service-role/*", {
            StringEquals: { "iam:AWSServiceName": linked },
          }),
        ]),
  ];
}

/** What a preview must be allowed: to read what is deployed, and nothing else. */
export function previewPolicy(rules = noRules, deployed: Deployed = "any"): PolicyDocument {
  const { permissionsBoundaryArn: boundary, kmsKeyArn } = rules;
  const types = typesOf(deployed);
  const services = [...types.flatMap((type) => actionsOf[type] ?? []).map(serviceOf), "sts"];
  const isUsed = (service: string) => services.includes(service);
  return document([
    allow(
      reads.filter((action) => isUsed(serviceOf(action))),
      "*",
    ),
    // AWS's own parameters, of which one names the AMI; an account's may be secrets.
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
    ...(types.includes("aws:ec2/launchTemplate:LaunchTemplate")
      ? [allow("ssm:GetParameter", "arn:aws:ssm:*::parameter/aws/service/*")]
      : []),
    ...Object.entries(owned(rules))
      .filter(([service]) => isUsed(service))
      .map(([, { resources, reads: itsReads }]) => allow(itsReads, resources)),
    ...(boundary === undefined ? [] : [allow(["iam:GetPolicy", "iam:GetPolicyVersion"], boundary)]),
    ...(kmsKeyArn === undefined ? [] : [allow("kms:DescribeKey", kmsKeyArn)]),
  ]);
}
