/** Lets workflows on GitHub deploy to this account: deployed once, by a person. Every setting is described in Pulumi.yaml. */
import { readSettings } from "@sorted/infra-kit";
import { deployPolicies, previewPolicy } from "../src/trust/deploy-policy.ts";
import { GithubTrust } from "../src/trust/github-trust.ts";
import { refuseOtherEnvironments } from "../src/trust/one-environment.ts";
import { trustSettings } from "../src/trust/settings.ts";

const settings = readSettings(trustSettings);

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
