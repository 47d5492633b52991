/** Lets workflows on GitHub deploy to this account: deployed once, by a person. Every setting is described in Pulumi.yaml. */
import { githubRepository, list, readSettings, text } from "@sorted/infra-kit";
import { z } from "zod";
import { deployPolicy, previewPolicy } from "../src/trust/deploy-policy.ts";
import { GithubTrust } from "../src/trust/github-trust.ts";

const shape = z.object({
  ...githubRepository,
  environments: list((name) => /^[\w.-]+$/.test(name), "names of environments", ["staging", "production"]),
  stateBucket: text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket"),
  providerArn: text(
    /^arn:aws:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
    "the ARN of an OpenID Connect provider for GitHub",
  ),
});
const settings = readSettings(shape);

/** Not `sorted-…`: what deploys may change the roles of that name, and so must not be one of them. */
const trust = new GithubTrust("pipeline-sorted", {
  ...settings,
  project: "sorted-aws",
  policies: { deploy: deployPolicy(), preview: previewPolicy() },
});

/** For each environment, its variable AWS_ROLE_ARN. */
export const deployRoleArns = trust.deployRoleArns;
/** The repository's variable AWS_PREVIEW_ROLE_ARN. */
export const previewRoleArn = trust.previewRoleArn;
