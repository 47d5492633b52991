/**
 * What lets workflows of one GitHub repository act in an AWS account, without a key that is stored anywhere.
 *
 * An account belongs to one environment: names of what a stack makes say nothing of the stack, so that the role of one
 * environment could delete what another has made.
 */
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type GithubRepository, githubSubjects } from "@sorted/infra-kit";
import type { AccountRules } from "../iam/account-rules.ts";

/** Who says which workflow a token is for. */
const issuer = "token.actions.githubusercontent.com";

/** A deployment waits for a roll-out, and may have to go back. */
const maxSessionSeconds = 2 * 60 * 60;

export interface GithubTrustArgs extends GithubRepository, AccountRules {
  /** The environment of the repository that deploys. It may change the state of the stack of its name only. */
  readonly environment: string;
  /** Whether workflows of pull requests may read what a preview takes. */
  readonly previews: boolean;
  /** The project in Pulumi.yaml that they deploy. */
  readonly project: string;
  /** What deploying takes, in policies by name, and what a preview reads. */
  readonly policies: { readonly deploy: Readonly<Record<string, object>>; readonly preview: object };
  /** The bucket of Pulumi's state; none with another backend. */
  readonly stateBucket?: string | undefined;
  /** The ARN of the account's provider for GitHub, where it has one: there can be one only. */
  readonly providerArn?: string | undefined;
}

/** A role for the environment that deploys and, if wanted, one that previews pull requests and can change nothing. */
export class GithubTrust extends pulumi.ComponentResource {
  readonly deployRoleArn: pulumi.Output<string>;
  readonly previewRoleArn: pulumi.Output<string> | undefined;

  readonly #name: string;
  readonly #args: GithubTrustArgs;
  readonly #providerArn: pulumi.Input<string>;

  constructor(name: string, args: GithubTrustArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:GithubTrust", name, {}, options);
    this.#name = name;
    this.#args = args;
    this.#providerArn = args.providerArn ?? this.#provider();
    const deploy = Object.entries(args.policies.deploy).map(
      ([part, policy]) =>
        [
          part,
          new iam.Policy(`${name}-deploy-${part}`, { policy: JSON.stringify(policy) }, { parent: this }),
        ] as const,
    );
    this.deployRoleArn = this.#deployRole(args.environment, deploy);
    this.previewRoleArn = args.previews ? this.#previewRole() : undefined;
    this.registerOutputs({ deployRoleArn: this.deployRoleArn, previewRoleArn: this.previewRoleArn });
  }

  #provider(): pulumi.Output<string> {
    return new iam.OpenIdConnectProvider(
      this.#name,
      { url: `https://${issuer}`, clientIdLists: ["sts.amazonaws.com"] },
      { parent: this },
    ).arn;
  }

  /** The environment is in the token, and GitHub gives it only to jobs that the environment's rules let pass. */
  #deployRole(
    environment: string,
    policies: readonly (readonly [part: string, policy: iam.Policy])[],
  ): pulumi.Output<string> {
    const role = this.#role(`${this.#name}-${environment}`, `environment:${environment}`, {
      state: stateAccess("read and write", this.#args, environment),
    });
    for (const [part, policy] of policies) {
      new iam.RolePolicyAttachment(
        `${this.#name}-${environment}-${part}`,
        { role: role.name, policyArn: policy.arn },
        { parent: this },
      );
    }
    return role.arn;
  }

  /** Whoever opens a pull request decides what runs, so that this role reads only. */
  #previewRole(): pulumi.Output<string> {
    return this.#role(`${this.#name}-preview`, "pull_request", {
      read: this.#args.policies.preview,
      state: stateAccess("read", this.#args, "*"),
    }).arn;
  }

  #role(name: string, purpose: string, policies: Readonly<Record<string, object | undefined>>): iam.Role {
    const { byName, byId } = githubSubjects(this.#args, purpose);
    const equal = { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: [byName, byId] };
    const trust = {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: this.#providerArn },
      Condition: { StringEquals: equal },
    };
    const assumeRolePolicy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: [trust] });
    const role = new iam.Role(
      name,
      {
        assumeRolePolicy,
        maxSessionDuration: maxSessionSeconds,
        path: this.#args.rolePath,
        permissionsBoundary: this.#args.permissionsBoundaryArn,
      },
      { parent: this },
    );
    for (const [right, policy] of Object.entries(policies)) {
      if (policy === undefined) continue;
      new iam.RolePolicy(
        `${name}-${right}`,
        { role: role.id, policy: JSON.stringify(policy) },
        { parent: this },
      );
    }
    return role;
  }
}

/** What Pulumi does with a stack's state in a bucket: previews lock nothing. */
function stateAccess(
  access: "read" | "read and write",
  { stateBucket, project }: GithubTrustArgs,
  stack: string,
): object | undefined {
  if (stateBucket === undefined) return undefined;
  const bucket = `arn:aws:s3:::${stateBucket}`;
  const ofStack = [`${bucket}/.pulumi/*/${project}/${stack}.*`, `${bucket}/.pulumi/*/${project}/${stack}/*`];
  const write = { Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: ofStack };
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "s3:ListBucket", Resource: bucket },
      { Effect: "Allow", Action: "s3:GetObject", Resource: [`${bucket}/.pulumi/meta.yaml`, ...ofStack] },
      ...(access === "read" ? [] : [write]),
    ],
  };
}
