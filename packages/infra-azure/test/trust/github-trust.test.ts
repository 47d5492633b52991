/** Shows who may act in the subscription as what. Can't show that Azure judges tokens and roles as it says. */
import { type Recorded, recordProgram } from "@sorted/infra-check";
import { azure } from "@sorted/infra-check/azure";
import { test } from "tap";
import { deployRole, stackActions, watchActions } from "../../src/trust/deploy-role.ts";
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

const group = (name: string) => `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/${name}`;

/** The roles that an identity has, by their scopes: of Azure's own the ID, of the program's the name. */
function rolesOf(program: Recorded, identity: string) {
  const { principalId } = one(program, "managedidentity:UserAssignedIdentity", identity).outputs;
  const definitions = ofType(program, "authorization:RoleDefinition");
  const assignments = ofType(program, "authorization:RoleAssignment").filter(
    ({ inputs }) => inputs["principalId"] === principalId,
  );
  return Object.fromEntries(
    assignments.map(({ inputs: { scope, roleDefinitionId } }) => [
      scope,
      definitions.find(({ id }) => id === roleDefinitionId)?.name ??
        String(roleDefinitionId).split("/").at(-1),
    ]),
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

test("an environment may change what is in its own two resource groups, and nothing else: staging can't delete production", async (t) => {
  const program = await record({ stateContainerId });
  for (const environment of ["staging", "production"]) {
    t.strictSame(rolesOf(program, `pipeline-sorted-${environment}`), {
      [subscription]: "pipeline-sorted-watch",
      [group(`ServerLB-${environment}`)]: "pipeline-sorted-deploy",
      [group(`ServerVM-${environment}`)]: "pipeline-sorted-deploy",
      [stateContainerId]: "pipeline-sorted-state",
    });
  }
});

test("in these groups it may do what a stack takes, which leaves out deleting the groups", async (t) => {
  const { inputs } = one(await record(), "authorization:RoleDefinition", "pipeline-sorted-deploy");
  t.match(inputs, { assignableScopes: [subscription], permissions: [{ actions: stackActions }] });
  t.strictSame(
    new Set(deployRole().Actions.filter((action) => !stackActions.includes(action))),
    new Set([
      ...watchActions.filter((action) => !stackActions.includes(action)),
      "Microsoft.Resources/subscriptions/resourceGroups/delete",
      "Microsoft.Resources/subscriptions/resourceGroups/write",
    ]),
  );
});

test("in the subscription it may watch operations, and change nothing", async (t) => {
  const { inputs } = one(await record(), "authorization:RoleDefinition", "pipeline-sorted-watch");
  t.match(inputs, { permissions: [{ actions: watchActions }] });
});

test("an environment's groups outlive the removal of the environment from the list", async (t) => {
  for (const { inputs, options } of ofType(await record(), "resources:ResourceGroup")) {
    t.equal(
      options.protect,
      inputs["resourceGroupName"] !== "pipeline-sorted",
      String(inputs["resourceGroupName"]),
    );
  }
});

test("the names of the roles tell subscriptions of one tenant apart", async (t) => {
  for (const { inputs } of ofType(await record({ stateContainerId }), "authorization:RoleDefinition")) {
    t.match(
      inputs["roleName"],
      /^Sorted pipeline (deploy|watch|state) 11111111-1111-1111-1111-111111111111$/,
    );
  }
});

test("it may give others no role but those that the program gives", async (t) => {
  const { inputs } = one(
    await record(),
    "authorization:RoleAssignment",
    "pipeline-sorted-production-ServerVM",
  );
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

test("an environment writes its own state, and can't delete that of another, or the container", async (t) => {
  const program = await record({ stateContainerId });
  const blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
  t.strictSame(one(program, "authorization:RoleDefinition", "pipeline-sorted-state").inputs["permissions"], [
    { dataActions: [`${blobs}/read`, `${blobs}/write`, `${blobs}/add/action`, `${blobs}/delete`] },
  ]);
  const { inputs } = one(program, "authorization:RoleAssignment", "pipeline-sorted-staging-state");
  t.equal(
    inputs["condition"],
    `((!(ActionMatches{'${blobs}/write'}) AND !(ActionMatches{'${blobs}/add/action'}) AND !(ActionMatches{'${blobs}/delete'})) OR ` +
      `(@Resource[${blobs}:path] StringLike '.pulumi/*/sorted-azure/staging.json*' OR ` +
      `@Resource[${blobs}:path] StringLike '.pulumi/*/sorted-azure/staging/*'))`,
  );
});

test("a wrong setting is refused by name", async (t) => {
  await t.rejects(record({ stateContainerId: "pulumi" }), {
    message: /stateContainerId must be the resource ID of a storage container/,
  });
});
