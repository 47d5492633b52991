/** Shows who may act in the subscription as what. Can't show that Azure judges tokens and roles as it says. */
import { type Recorded, recordProgram } from "@sorted/infra-check";
import { azure } from "@sorted/infra-check/azure";
import { test } from "tap";
import { deployRole } from "../../src/trust/deploy-role.ts";
import { ofType, one } from "../configurations.ts";

const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
const stateContainerId = `${subscription}/resourceGroups/State/providers/Microsoft.Storage/storageAccounts/state/blobServices/default/containers/pulumi`;

const repository = { repository: "someone/sorted", ownerId: "12", repositoryId: "345" };

let runs = 0;

/** Records the program with settings, beside those that name the repository. */
function record(settings: Readonly<Record<string, unknown>> = {}): Promise<Recorded> {
  const entry = `../../trust/index.ts?${runs++}`;
  const config = { "azure-native:location": "westeurope", ...repository, ...settings };
  const calls = {
    "azure-native:authorization:getClientConfig": () => ({
      clientId: "client",
      objectId: "object",
      subscriptionId: "11111111-1111-1111-1111-111111111111",
      tenantId: "tenant",
    }),
  };
  return recordProgram({
    cloud: azure,
    project: "sorted-azure-trust",
    config,
    calls,
    run: () => import(entry),
  });
}

/** The role that an identity has on each scope. */
function rolesOf(program: Recorded, identity: string) {
  const { principalId } = one(program, "managedidentity:UserAssignedIdentity", identity).outputs;
  const assignments = ofType(program, "authorization:RoleAssignment").filter(
    ({ inputs }) => inputs["principalId"] === principalId,
  );
  return Object.fromEntries(
    assignments.map(({ inputs }) => [inputs["scope"], String(inputs["roleDefinitionId"]).split("/").at(-1)]),
  );
}

/** The credentials of an identity: which tokens it takes. */
function credentialsOf(program: Recorded, identity: string) {
  return ofType(program, "managedidentity:FederatedIdentityCredential")
    .map(({ inputs }) => inputs)
    .filter(({ resourceName }) => resourceName === identity);
}

test("each environment has an identity that takes its own tokens only, with and without GitHub's numbers", async (t) => {
  const program = await record();
  for (const environment of ["staging", "production"]) {
    const credentials = credentialsOf(program, `pipeline-sorted-${environment}`);
    t.strictSame(
      credentials.map(({ subject }) => subject),
      [
        `repo:someone/sorted:environment:${environment}`,
        `repo:someone@12/sorted@345:environment:${environment}`,
      ],
    );
    for (const credential of credentials) {
      t.match(credential, {
        issuer: "https://token.actions.githubusercontent.com",
        audiences: ["api://AzureADTokenExchange"],
      });
    }
  }
  t.match(program.outputs, {
    deployClientIds: {
      staging: "client-of-pipeline-sorted-staging",
      production: "client-of-pipeline-sorted-production",
    },
    previewClientId: "client-of-pipeline-sorted-preview",
    tenantId: "tenant",
  });
});

test("it may do what deploying takes, in this subscription", async (t) => {
  const program = await record();
  const definition = one(program, "authorization:RoleDefinition");
  t.match(definition.inputs, {
    scope: subscription,
    assignableScopes: [subscription],
    permissions: [{ actions: deployRole().Actions }],
  });
  const assignment = one(program, "authorization:RoleAssignment", "pipeline-sorted-staging");
  t.match(assignment.inputs, { roleDefinitionId: definition.id, scope: subscription });
});

test("it may give others no role but those that the program gives", async (t) => {
  const { inputs } = one(await record(), "authorization:RoleAssignment", "pipeline-sorted-production");
  const acrPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
  const repositoryReader = "b93aa761-3e63-49ed-ac28-beffa264f7ac";
  const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
  t.equal(inputs["conditionVersion"], "2.0");
  for (const [action, source] of [
    ["write", "Request"],
    ["delete", "Resource"],
  ] as const) {
    t.match(
      inputs["condition"],
      `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR (@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${acrPull}, ${repositoryReader}, ${secretsUser}}))`,
    );
  }
});

test("a pull request may read, and nothing else", async (t) => {
  const program = await record({ stateContainerId });
  t.strictSame(
    credentialsOf(program, "pipeline-sorted-preview").map(({ subject }) => subject),
    ["repo:someone/sorted:pull_request", "repo:someone@12/sorted@345:pull_request"],
  );
  t.strictSame(rolesOf(program, "pipeline-sorted-preview"), {
    [subscription]: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    [stateContainerId]: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  });
});

test("an environment writes the state in its container", async (t) => {
  const program = await record({ stateContainerId });
  t.equal(
    rolesOf(program, "pipeline-sorted-staging")[stateContainerId],
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  );
});

test("a wrong setting is refused by name", async (t) => {
  await t.rejects(record({ stateContainerId: "pulumi" }), {
    message: /stateContainerId must be the resource ID of a storage container/,
  });
});
