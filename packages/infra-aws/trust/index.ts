/** Lets workflows on GitHub deploy to this account: deployed once, by a person. Every setting is described in Pulumi.yaml. */
import { checkedText, choice, flag, githubRepository, readSettings, text } from "@sorted/infra-kit";
import { z } from "zod";
import { accountSettings } from "../src/iam/account-rules.ts";
import { deployPolicies, previewPolicy } from "../src/trust/deploy-policy.ts";
import { GithubTrust } from "../src/trust/github-trust.ts";
import { refuseOtherEnvironments } from "../src/trust/one-environment.ts";

const shape = z.object({
  ...githubRepository,
  environment: checkedText((name) => /^[\w.-]+$/.test(name), "the name of an environment on GitHub", ""),
  previews: flag(false),
  deployed: choice(["any", "fleet", "functionUrl", "functionBehindBalancer"], "any"),
  stateBucket: text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket"),
  providerArn: text(
    /^arn:aws:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
    "the ARN of an OpenID Connect provider for GitHub",
  ),
  ...accountSettings,
});
const settings = readSettings(shape);

/** Not `sorted-…`: what deploys may change the roles of that name, and so must not be one of them. */
const name = "pipeline-sorted";
await refuseOtherEnvironments(name, settings.environment);
const trust = new GithubTrust(name, {
  ...settings,
  project: "sorted-aws",
  policies: {
    deploy: deployPolicies(settings, settings.deployed),
    preview: previewPolicy(settings, settings.deployed),
  },
});

/** The environment's variable AWS_ROLE_ARN. */
export const deployRoleArn = trust.deployRoleArn;
/** The repository's variable AWS_PREVIEW_ROLE_ARN. */
export const previewRoleArn = trust.previewRoleArn ?? null;
