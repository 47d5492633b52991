/** Lets workflows on GitHub deploy to this subscription: deployed once, by a person. Every setting is described in Pulumi.yaml. */
import { getClientConfigOutput } from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import { readSettings } from "@sorted/infra-kit";
import { stackActions, watchActions } from "../src/trust/deploy-role.ts";
import { GithubTrust } from "../src/trust/github-trust.ts";
import { trustSettings } from "../src/trust/settings.ts";

const settings = readSettings(trustSettings);
const account = getClientConfigOutput();

const trust = new GithubTrust("pipeline-sorted", {
  ...settings,
  subscription: pulumi.interpolate`/subscriptions/${account.subscriptionId}`,
  stackActions,
  watchActions,
  project: "sorted-azure",
});

/** For each environment, its variable AZURE_CLIENT_ID. */
export const deployClientIds = trust.deployClientIds;
/** The repository's variable AZURE_PREVIEW_CLIENT_ID. */
export const previewClientId = trust.previewClientId;
/** The repository's variables AZURE_TENANT_ID and AZURE_SUBSCRIPTION_ID. */
export const { tenantId, subscriptionId } = account;
