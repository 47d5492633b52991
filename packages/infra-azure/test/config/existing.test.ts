/** Shows that a preview looks up what the settings name, and names the setting that doesn't fit. Can't show that Azure answers so. */
import { mistakesOf } from "@sorted/infra-check";
import type { AzureState } from "@sorted/infra-check/azure";
import { test } from "tap";
import { configurations, recordWhere } from "../configurations.ts";

const { applicationGateway, ofACompany, givenImageInAcr } = configurations;
const { keyVaultId } = applicationGateway;
const { gatewayIdentityId, diskEncryptionSetId } = ofACompany;

/** What a preview says of settings where Azure answers so about each resource that has an ID. */
const refused = (existing: AzureState["existing"], settings: Readonly<Record<string, unknown>>) =>
  mistakesOf(recordWhere({ existing }, settings, true));

test("what Azure does not have stops the preview, which names all of it", async (t) => {
  t.strictSame(await refused(() => undefined, ofACompany), [
    `sorted-azure:keyVaultId ${keyVaultId} does not exist`,
    `sorted-azure:gatewayIdentityId ${gatewayIdentityId} does not exist`,
    `sorted-azure:diskEncryptionSetId ${diskEncryptionSetId} does not exist`,
  ]);
  t.strictSame(await refused(() => undefined, givenImageInAcr), [
    `sorted-azure:registryId ${givenImageInAcr.registryId} does not exist`,
  ]);
});

test("a version of Ubuntu that Azure does not have for the processor stops the preview", async (t) => {
  const paths: string[] = [];
  const existing = (path: string) => {
    paths.push(path);
    return undefined;
  };
  t.strictSame(await refused(existing, { ubuntuVersion: "24.04.202511100", architecture: "arm64" }), [
    "sorted-azure:ubuntuVersion 24.04.202511100 does not exist",
  ]);
  t.match(paths, [
    /locations\/westeurope\/publishers\/Canonical\/.*\/ubuntu-24_04-lts\/skus\/server-arm64\/versions\/24/,
  ]);
});

test("what whoever deploys may not read is taken as it is", async (t) => {
  t.strictSame(await refused(() => "forbidden", ofACompany), []);
});

test("a key vault must use Azure roles, as the program gives one", async (t) => {
  const existing = () => ({ location: "westeurope", properties: { enableRbacAuthorization: false } });
  t.match(await refused(existing, applicationGateway), [
    `sorted-azure:keyVaultId ${keyVaultId} must use Azure roles for access: az keyvault update`,
  ]);
});

test("keys for the disks must be in the region of the machines", async (t) => {
  const roles = { properties: { enableRbacAuthorization: true } };
  t.strictSame(await refused(() => ({ location: "northeurope", ...roles }), ofACompany), [
    `sorted-azure:diskEncryptionSetId ${diskEncryptionSetId} is in northeurope, and must be in the stack's region`,
  ]);
});
