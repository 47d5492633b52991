/** Shows who may act in the account as what. Can't show that AWS judges tokens and policies as it says. */
import { type Recorded, recordProgram, type Value } from "@sorted/infra-check";
import { aws } from "@sorted/infra-check/aws";
import { test } from "tap";
import { deployPolicies } from "../../src/trust/deploy-policy.ts";
import { ofType, one, policyOf } from "../configurations.ts";

const required = {
  repository: "someone/sorted",
  ownerId: "12",
  repositoryId: "345",
  environment: "staging",
};

let runs = 0;

/**
 * Records the program with settings, beside those that it needs.
 *
 * @param roles the names of roles that the account has and that begin like the program's
 */
function record(
  settings: Readonly<Record<string, unknown>> = {},
  roles: readonly string[] = [],
): Promise<Recorded> {
  const entry = `../../trust/index.ts?${runs++}`;
  const config = { ...required, ...settings };
  const calls = { "aws:iam/getRoles:getRoles": () => ({ id: "eu-central-1", names: roles, arns: [] }) };
  return recordProgram({ cloud: aws, project: "sorted-aws-trust", config, calls, run: () => import(entry) });
}

/** Which tokens a role takes, from its policy. */
function trustOf(program: Recorded, role: string) {
  const { Statement } = JSON.parse(String(one(program, "iam/role:Role", role).inputs["assumeRolePolicy"]));
  return Statement;
}

test("the environment has a role that takes its own tokens only, with and without GitHub's numbers", async (t) => {
  const program = await record();
  const provider = one(program, "iam/openIdConnectProvider:OpenIdConnectProvider");
  t.match(provider.inputs, {
    url: "https://token.actions.githubusercontent.com",
    clientIdLists: ["sts.amazonaws.com"],
  });
  t.strictSame(trustOf(program, "pipeline-sorted-staging"), [
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: provider.outputs["arn"] },
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": [
            "repo:someone/sorted:environment:staging",
            "repo:someone@12/sorted@345:environment:staging",
          ],
        },
      },
    },
  ]);
  const role = one(program, "iam/role:Role", "pipeline-sorted-staging");
  t.match(program.outputs, { deployRoleArn: role.outputs["arn"], previewRoleArn: null });
});

test("an account belongs to one environment, as its role could delete what another has made", async (t) => {
  await t.resolves(record({}, ["pipeline-sorted-staging-0a1b2c3", "pipeline-sorted-preview-0a1b2c3"]));
  for (const role of ["pipeline-sorted-production-0a1b2c3", "pipeline-sorted-staging-2-0a1b2c3"]) {
    await t.rejects(record({}, [role]), {
      message: `This account has roles of another environment than staging: ${role}. Each environment needs an account of its own.`,
    });
  }
});

test("it may do what deploying takes", async (t) => {
  const program = await record();
  const role = one(program, "iam/role:Role").outputs["name"];
  for (const [part, document] of Object.entries(deployPolicies())) {
    const policy = one(program, "iam/policy:Policy", `pipeline-sorted-deploy-${part}`);
    t.strictSame(policyOf(policy), document);
    const attachment = `pipeline-sorted-staging-${part}`;
    t.match(one(program, "iam/rolePolicyAttachment:RolePolicyAttachment", attachment).inputs, {
      role,
      policyArn: policy.outputs["arn"],
    });
  }
});

test("with a path and a boundary its own roles have them, and so must those that it makes", async (t) => {
  const roles = {
    rolePath: "/teams/search/",
    permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
  };
  const program = await record({ ...roles, previews: true });
  const made = ofType(program, "iam/role:Role");
  t.equal(made.length, 2);
  for (const { inputs } of made) {
    t.match(inputs, { path: roles.rolePath, permissionsBoundary: roles.permissionsBoundaryArn });
  }
  t.strictSame(
    policyOf(one(program, "iam/policy:Policy", "pipeline-sorted-deploy-owned")),
    deployPolicies(roles).owned,
  );
});

test("what deploys can't change the roles of the pipeline, nor their policy", async (t) => {
  const program = await record({ previews: true });
  const patterns = Object.values(deployPolicies())
    .flatMap(({ Statement }) => Statement)
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith("iam:")))
    .flatMap(({ Resource }) => Resource);
  const made = [...ofType(program, "iam/role:Role"), ...ofType(program, "iam/policy:Policy")];
  t.equal(made.length, 6);
  for (const { name } of made) {
    for (const kind of ["role", "policy"]) {
      const arn = `arn:aws:iam::123456789012:${kind}/${name}-0123456`;
      t.notOk(
        patterns.some((pattern) => matches(pattern, arn)),
        `${arn} is out of reach`,
      );
    }
  }
});

/** Whether a pattern of a policy covers a resource. */
function matches(pattern: string, arn: string): boolean {
  return new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(arn);
}

/** What an inline policy allows. */
function allowed(program: Recorded, name: string) {
  const { Statement } = JSON.parse(String(one(program, "iam/rolePolicy:RolePolicy", name).inputs["policy"]));
  const statements: { Action: string | string[]; Resource: string | string[] }[] = Statement;
  return statements.flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => [action, resource] as const)),
  );
}

test("a pull request may read if a setting says so, and nothing else", async (t) => {
  const program = await record({ stateBucket: "state-example", previews: true });
  const [statement] = trustOf(program, "pipeline-sorted-preview");
  t.strictSame(statement.Condition.StringEquals["token.actions.githubusercontent.com:sub"], [
    "repo:someone/sorted:pull_request",
    "repo:someone@12/sorted@345:pull_request",
  ]);
  const actions = [
    ...allowed(program, "pipeline-sorted-preview-read"),
    ...allowed(program, "pipeline-sorted-preview-state"),
  ].map(([action]) => action);
  t.ok(actions.length > 20);
  for (const action of actions) t.match(action, /^[a-z0-9-]+:(Get|List|Describe|View)/);
  const { name } = one(program, "iam/role:Role", "pipeline-sorted-preview").outputs;
  t.notOk(
    ofType(program, "iam/rolePolicyAttachment:RolePolicyAttachment").some(
      ({ inputs }) => inputs["role"] === name,
    ),
  );
});

test("the environment writes the state of the stack of its name, and of no other", async (t) => {
  const program = await record({ stateBucket: "state-example" });
  const rights = allowed(program, "pipeline-sorted-staging-state");
  const may = (action: string, key: string) =>
    rights.some(
      ([allowedAction, pattern]) =>
        allowedAction === action && matches(pattern, `arn:aws:s3:::state-example/${key}`),
    );
  for (const key of [
    ".pulumi/stacks/sorted-aws/staging.json",
    ".pulumi/stacks/sorted-aws/staging.json.bak",
    ".pulumi/locks/organization/sorted-aws/staging/0123.json",
    ".pulumi/history/sorted-aws/staging/staging-1.history.json",
  ]) {
    for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"])
      t.ok(may(action, key), `${action} ${key}`);
  }
  t.ok(may("s3:GetObject", ".pulumi/meta.yaml"));
  for (const key of [
    ".pulumi/meta.yaml",
    ".pulumi/stacks/sorted-aws/staging2.json",
    ".pulumi/stacks/sorted-aws/production.json",
  ]) {
    t.notOk(may("s3:PutObject", key), key);
  }
});

test("an account that has a provider for GitHub gets no second one", async (t) => {
  const providerArn: Value = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
  const program = await record({ providerArn, previews: true });
  t.strictSame(ofType(program, "iam/openIdConnectProvider:OpenIdConnectProvider"), []);
  t.equal(trustOf(program, "pipeline-sorted-preview")[0].Principal.Federated, providerArn);
});

test("a wrong setting is refused by name", async (t) => {
  await t.rejects(record({ repository: "sorted" }), {
    message: /repository must be owner\/name of a repository/,
  });
  await t.rejects(record({ ownerId: "someone" }), {
    message: /ownerId must be the number that GitHub gives the owner/,
  });
});
