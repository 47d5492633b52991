/** Shows who may act in the account as what. Can't show that AWS judges tokens and policies as it says. */
import { type Recorded, recordProgram, type Value } from "@sorted/infra-check";
import { aws } from "@sorted/infra-check/aws";
import { test } from "tap";
import { deployPolicy } from "../../src/trust/deploy-policy.ts";
import { ofType, one, policyOf } from "../configurations.ts";

const repository = { repository: "someone/sorted", ownerId: "12", repositoryId: "345" };

let runs = 0;

/** Records the program with settings, beside those that name the repository. */
function record(settings: Readonly<Record<string, unknown>> = {}): Promise<Recorded> {
  const entry = `../../trust/index.ts?${runs++}`;
  const config = { ...repository, ...settings };
  return recordProgram({ cloud: aws, project: "sorted-aws-trust", config, run: () => import(entry) });
}

/** Which tokens a role takes, from its policy. */
function trustOf(program: Recorded, role: string) {
  const { Statement } = JSON.parse(String(one(program, "iam/role:Role", role).inputs["assumeRolePolicy"]));
  return Statement;
}

test("each environment has a role that takes its own tokens only, with and without GitHub's numbers", async (t) => {
  const program = await record();
  const provider = one(program, "iam/openIdConnectProvider:OpenIdConnectProvider");
  t.match(provider.inputs, {
    url: "https://token.actions.githubusercontent.com",
    clientIdLists: ["sts.amazonaws.com"],
  });
  for (const environment of ["staging", "production"]) {
    t.strictSame(trustOf(program, `pipeline-sorted-${environment}`), [
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: provider.outputs["arn"] },
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": [
              `repo:someone/sorted:environment:${environment}`,
              `repo:someone@12/sorted@345:environment:${environment}`,
            ],
          },
        },
      },
    ]);
  }
  t.strictSame(Object.keys(program.outputs["deployRoleArns"] ?? {}).sort(), ["production", "staging"]);
});

test("it may do what deploying takes", async (t) => {
  const program = await record({ environments: ["production"] });
  const policy = one(program, "iam/policy:Policy");
  t.strictSame(policyOf(policy), deployPolicy());
  t.match(one(program, "iam/rolePolicyAttachment:RolePolicyAttachment").inputs, {
    role: one(program, "iam/role:Role", "pipeline-sorted-production").outputs["name"],
    policyArn: policy.outputs["arn"],
  });
});

test("what deploys can't change the roles of the pipeline, nor their policy", async (t) => {
  const program = await record();
  const patterns = deployPolicy()
    .Statement.filter(({ Action }) => [Action].flat().some((action) => action.startsWith("iam:")))
    .flatMap(({ Resource }) => Resource);
  const made = [...ofType(program, "iam/role:Role"), ...ofType(program, "iam/policy:Policy")];
  t.equal(made.length, 4);
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

test("a pull request may read, and nothing else", async (t) => {
  const program = await record({ stateBucket: "state-example" });
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
  for (const action of actions) t.match(action, /^[a-z0-9-]+:(Get|List|Describe)/);
  const { name } = one(program, "iam/role:Role", "pipeline-sorted-preview").outputs;
  t.notOk(
    ofType(program, "iam/rolePolicyAttachment:RolePolicyAttachment").some(
      ({ inputs }) => inputs["role"] === name,
    ),
  );
});

test("an environment writes the state of the stack of its name, and of no other", async (t) => {
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
  const program = await record({ providerArn });
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
