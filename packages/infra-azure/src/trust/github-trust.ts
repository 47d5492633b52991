/** What lets workflows of one GitHub repository act in a subscription, without a secret that is stored anywhere. */
import { RoleAssignment, RoleDefinition } from "@pulumi/azure-native/authorization/index.js";
import {
  FederatedIdentityCredential,
  UserAssignedIdentity,
} from "@pulumi/azure-native/managedidentity/index.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type GithubRepository, githubSubjects } from "@sorted/infra-kit";
import { roles as given } from "../authorization/role.ts";

/** Roles that Azure has, for the pipeline itself. */
const builtIn = {
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
} as const;

export interface GithubTrustArgs extends GithubRepository {
  /** The environments of the repository that deploy. */
  readonly environments: readonly string[];
  /** `/subscriptions/…` */
  readonly subscription: pulumi.Input<string>;
  /** What deploying takes in a stack's resource groups. */
  readonly stackActions: readonly string[];
  /** What it takes in the subscription: nothing that changes anything. */
  readonly watchActions: readonly string[];
  /** The project whose stacks are deployed, by which Pulumi names their states. */
  readonly project: string;
  /** The resource ID of the container of Pulumi's state; none with another backend. */
  readonly stateContainerId?: string | undefined;
}

/** The pipeline's own roles; `state` where Pulumi's states lie in a container. */
interface PipelineRoles {
  readonly deploy: RoleDefinition;
  readonly watch: RoleDefinition;
  readonly state?: RoleDefinition | undefined;
}

/** A role on a scope, in some cases only. */
interface Assignment {
  readonly role: pulumi.Input<string>;
  readonly scope: pulumi.Input<string>;
  readonly condition?: string;
}

/**
 * An identity for each environment that deploys, and one that previews pull requests and can change nothing. Azure can't
 * limit a role to what a stack made. So each environment has two resource groups of its own, and its identity can change
 * these only: `staging` can't delete `production`.
 */
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
    const deploy = this.#role("deploy", "Changes what is in a stack's resource groups", {
      actions: [...args.stackActions],
    });
    const watch = this.#role("watch", "Watches operations, and asks for sizes and quotas", {
      actions: [...args.watchActions],
    });
    const state = args.stateContainerId
      ? this.#role("state", "Reads and writes Pulumi's states", { dataActions: blobActions })
      : undefined;
    this.deployClientIds = Object.fromEntries(
      args.environments.map((environment) => [
        environment,
        this.#deployer(environment, { deploy, watch, state }),
      ]),
    );
    this.previewClientId = this.#previewer();
    this.registerOutputs({ deployClientIds: this.deployClientIds, previewClientId: this.previewClientId });
  }

  /** The environment is in the token, and GitHub gives it only to jobs that the environment's rules let pass. */
  #deployer(environment: string, roles: PipelineRoles): pulumi.Output<string> {
    const { subscription, stateContainerId, project } = this.#args;
    const identity = this.#identity(environment, `environment:${environment}`);
    this.#assign(`${environment}-watch`, identity, { role: roles.watch.id, scope: subscription });
    for (const kind of ["ServerLB", "ServerVM"]) {
      const group = new ResourceGroup(
        `${this.#name}-${environment}-${kind}`,
        { resourceGroupName: `${kind}-${environment}` },
        // Azure would delete all that the environment's stack made in it.
        { parent: this, protect: true },
      );
      this.#assign(`${environment}-${kind}`, identity, {
        role: roles.deploy.id,
        scope: group.id,
        condition: onlyGiven(Object.values(given)),
      });
    }
    if (roles.state && stateContainerId) {
      const condition = onlyStateOf(project, environment);
      this.#assign(`${environment}-state`, identity, {
        role: roles.state.id,
        scope: stateContainerId,
        condition,
      });
    }
    return identity.clientId;
  }

  /** Whoever opens a pull request decides what runs, so that this identity reads only. */
  #previewer(): pulumi.Output<string> {
    const identity = this.#identity("preview", "pull_request");
    const { subscription, stateContainerId } = this.#args;
    this.#assign("preview", identity, { role: this.#builtIn("Reader"), scope: subscription });
    if (stateContainerId) {
      const role = this.#builtIn("Storage Blob Data Reader");
      this.#assign("preview-state", identity, { role, scope: stateContainerId });
    }
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

  /** Role names are unique in a tenant, which may have several subscriptions. */
  #role(
    purpose: keyof PipelineRoles,
    description: string,
    permission: { readonly actions?: string[]; readonly dataActions?: string[] },
  ): RoleDefinition {
    const { subscription } = this.#args;
    return new RoleDefinition(
      `${this.#name}-${purpose}`,
      {
        roleName: pulumi
          .output(subscription)
          .apply((id) => `Sorted pipeline ${purpose} ${id.split("/").at(-1)}`),
        description,
        roleType: "CustomRole",
        scope: subscription,
        assignableScopes: [subscription],
        permissions: [permission],
      },
      { parent: this },
    );
  }

  #assign(
    purpose: string,
    { principalId }: UserAssignedIdentity,
    { role, scope, condition }: Assignment,
  ): void {
    new RoleAssignment(
      `${this.#name}-${purpose}`,
      {
        principalId,
        principalType: "ServicePrincipal",
        roleDefinitionId: role,
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

/** What may be done with blobs: not as much as Azure's own Contributor, who may also delete the container. */
const blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
const changingBlobs = [`${blobs}/write`, `${blobs}/add/action`, `${blobs}/delete`];
const blobActions = [`${blobs}/read`, ...changingBlobs];

/**
 * Limits whoever writes Pulumi's states to one stack: its state, locks, history and backups.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-examples
 */
function onlyStateOf(project: string, stack: string): string {
  const isOther = changingBlobs.map((action) => `!(ActionMatches{'${action}'})`).join(" AND ");
  const isOfStack = [`.pulumi/*/${project}/${stack}.json*`, `.pulumi/*/${project}/${stack}/*`]
    .map((path) => `@Resource[${blobs}:path] StringLike '${path}'`)
    .join(" OR ");
  return `((${isOther}) OR (${isOfStack}))`;
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
