/** What lets workflows of one GitHub repository act in a subscription, without a secret that is stored anywhere. */
import { RoleAssignment, RoleDefinition } from "@pulumi/azure-native/authorization/index.js";
import {
  FederatedIdentityCredential,
  UserAssignedIdentity,
} from "@pulumi/azure-native/managedidentity/index.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type GithubRepository, githubSubjects } from "@sorted/infra-kit";
import { roles } from "../authorization/role.ts";

/** Roles that Azure has, for the pipeline itself. */
const builtIn = {
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
} as const;

export interface GithubTrustArgs extends GithubRepository {
  /** The environments of the repository that deploy. */
  readonly environments: readonly string[];
  /** `/subscriptions/…` */
  readonly subscription: pulumi.Input<string>;
  /** What deploying takes. */
  readonly deployActions: readonly string[];
  /** The resource ID of the container of Pulumi's state; none with another backend. */
  readonly stateContainerId?: string | undefined;
}

/** An identity for each environment that deploys, and one that previews pull requests and can change nothing. */
export class GithubTrust extends pulumi.ComponentResource {
  /** The client IDs by environment. */
  readonly deployClientIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly previewClientId: pulumi.Output<string>;

  readonly #name: string;
  readonly #args: GithubTrustArgs;
  readonly #group: ResourceGroup;

  constructor(name: string, args: GithubTrustArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:GithubTrust", name, {}, options);
    this.#name = name;
    this.#args = args;
    this.#group = new ResourceGroup(name, { resourceGroupName: name }, { parent: this });
    const deployer = new RoleDefinition(
      name,
      {
        roleName: "Sorted pipeline",
        description: "Deploys, changes and destroys the stacks of packages/infra-azure",
        roleType: "CustomRole",
        scope: args.subscription,
        assignableScopes: [args.subscription],
        permissions: [{ actions: [...args.deployActions] }],
      },
      { parent: this },
    );
    this.deployClientIds = Object.fromEntries(
      args.environments.map((environment) => [environment, this.#deployer(environment, deployer)]),
    );
    this.previewClientId = this.#previewer();
    this.registerOutputs({ deployClientIds: this.deployClientIds, previewClientId: this.previewClientId });
  }

  /** The environment is in the token, and GitHub gives it only to jobs that the environment's rules let pass. */
  #deployer(environment: string, role: RoleDefinition): pulumi.Output<string> {
    const identity = this.#identity(environment, `environment:${environment}`);
    this.#assign(environment, identity, role.id, this.#args.subscription, onlyGiven(Object.values(roles)));
    this.#assignState(environment, identity, "Storage Blob Data Contributor");
    return identity.clientId;
  }

  /** Whoever opens a pull request decides what runs, so that this identity reads only. */
  #previewer(): pulumi.Output<string> {
    const identity = this.#identity("preview", "pull_request");
    this.#assign("preview", identity, this.#builtIn("Reader"), this.#args.subscription);
    this.#assignState("preview", identity, "Storage Blob Data Reader");
    return identity.clientId;
  }

  #identity(role: string, purpose: string): UserAssignedIdentity {
    const name = `${this.#name}-${role}`;
    const resourceGroupName = this.#group.name;
    const identity = new UserAssignedIdentity(
      name,
      { resourceGroupName, resourceName: name },
      { parent: this },
    );
    const { byName, byId } = githubSubjects(this.#args, purpose);
    const trust = (credential: string, subject: string, dependsOn: readonly pulumi.Resource[]) =>
      new FederatedIdentityCredential(
        credential,
        {
          resourceGroupName,
          resourceName: identity.name,
          issuer: "https://token.actions.githubusercontent.com",
          subject,
          audiences: ["api://AzureADTokenExchange"],
        },
        { parent: this, dependsOn: [...dependsOn] },
      );
    // Azure refuses two changes of an identity's credentials at a time.
    // https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations#concurrent-updates-arent-supported-user-assigned-managed-identities
    trust(`${name}-by-id`, byId, [trust(name, byName, [])]);
    return identity;
  }

  #assignState(purpose: string, identity: UserAssignedIdentity, role: keyof typeof builtIn): void {
    const { stateContainerId } = this.#args;
    if (stateContainerId) this.#assign(`${purpose}-state`, identity, this.#builtIn(role), stateContainerId);
  }

  #assign(
    purpose: string,
    { principalId }: UserAssignedIdentity,
    roleDefinitionId: pulumi.Input<string>,
    scope: pulumi.Input<string>,
    condition?: string,
  ): void {
    new RoleAssignment(
      `${this.#name}-${purpose}`,
      {
        principalId,
        principalType: "ServicePrincipal",
        roleDefinitionId,
        scope,
        ...(condition && { condition, conditionVersion: "2.0" }),
      },
      { parent: this },
    );
  }

  #builtIn(role: keyof typeof builtIn): pulumi.Output<string> {
    return pulumi.interpolate`${this.#args.subscription}/providers/Microsoft.Authorization/roleDefinitions/${builtIn[role]}`;
  }
}

/**
 * Limits whoever may assign roles to these: else it could make itself the owner.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples
 */
function onlyGiven(definitions: readonly string[]): string {
  const attribute = "Microsoft.Authorization/roleAssignments:RoleDefinitionId";
  const limit = (action: string, source: string) =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR ` +
    `(@${source}[${attribute}] ForAnyOfAnyValues:GuidEquals {${definitions.join(", ")}}))`;
  return `${limit("write", "Request")} AND ${limit("delete", "Resource")}`;
}
