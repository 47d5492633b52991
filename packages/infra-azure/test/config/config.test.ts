/** Shows that wrong settings stop a preview by name, and that Pulumi.yaml and the examples say what the program does. */
import { readFileSync } from "node:fs";
import { mistakesOf, readSettings } from "@sorted/infra-check";
import { settingChecks } from "@sorted/infra-kit/test/setting-checks";
import { test } from "tap";
import { parse } from "yaml";
import { readConfig, settings } from "../../src/config/config.ts";
import { configurations } from "../configurations.ts";
import { required } from "../required.ts";

/** The settings that the program reads from a stack's configuration. */
const read = (config: Readonly<Record<string, unknown>>) => readSettings("sorted-azure", config, readConfig);

const readWith = (config: Readonly<Record<string, unknown>>) => read({ ...required, ...config });

/** What a wrong configuration is answered with. */
const mistakesWith = (config: Readonly<Record<string, unknown>>) => mistakesOf(readWith(config));

/** Leaves out the setting that every stack with machines must have. */
const withoutKey = { sshPublicKey: "" };

settingChecks({
  project: new URL("../../Pulumi.yaml", import.meta.url),
  settings,
  readWith,
  needed: ["sshPublicKey"],
});

test("a new stack needs azure-native:location, one with machines sshPublicKey, and nothing else", async (t) => {
  await t.resolves(readWith({}));
  await t.resolves(readWith({ compute: "serverless", sshPublicKey: "" }));
  await t.rejects(read({ sshPublicKey: required.sshPublicKey }), {
    message:
      "azure-native:location is not set. Set it, as in: pulumi config set azure-native:location westeurope",
  });
  t.strictSame(await mistakesWith({ sshPublicKey: "" }), [
    "sorted-azure:sshPublicKey is needed: Azure creates no machine without a key or a password",
  ]);
});

test("only regions of Azure's public cloud will do: elsewhere domain names differ", async (t) => {
  for (const location of ["westeurope", "West Europe", "germanywestcentral", "eastus2"]) {
    await t.resolves(readWith({ "azure-native:location": location }), location);
  }
  for (const location of ["chinanorth3", "usgovvirginia", "USDoD East"]) {
    await t.rejects(
      readWith({ "azure-native:location": location }),
      /azure-native:location must be a region of Azure's public cloud/,
      location,
    );
  }
});

test("every configuration of the tests, and every example, fits", async (t) => {
  for (const [name, config] of Object.entries(configurations))
    t.strictSame(await mistakesWith("compute" in config ? { ...withoutKey, ...config } : config), [], name);
  for (const example of ["try", "production"]) {
    const path = new URL(`../../Pulumi.${example}.example.yaml`, import.meta.url);
    const { config } = parse(readFileSync(path, "utf8"));
    await t.resolves(read(config), example);
  }
});

/** A wrong value and what is said of it; names are in front of what is said. */
const wrong: readonly [config: Record<string, unknown>, message: string][] = [
  [{ zone: 3 }, "zone is not a setting of this program"],
  [{ vnetCidr: "10.0.0.0/8" }, "vnetCidr must be an IPv4 range from /16 to /22, such as 10.0.0.0/16"],
  [{ vnetCidr: "10.0.0.0/23" }, "vnetCidr must be an IPv4 range from /16 to /22, such as 10.0.0.0/16"],
  [{ vnetCidr: "2001:db8::/48" }, "vnetCidr must be an IPv4 range from /16 to /22, such as 10.0.0.0/16"],
  [{ zones: 4 }, "zones must be an integer from 1 to 3"],
  [{ bastion: "yes" }, "bastion must be true or false"],
  [{ balancerGroup: "Server LB" }, "balancerGroup must be the name of a resource group: "],
  [{ machineGroup: "ServerVM." }, "machineGroup must be the name of a resource group: "],
  [{ ingress: "waf" }, "ingress must be one of loadBalancer, applicationGateway"],
  [
    { allowedRanges: ["::/0"] },
    "allowedRanges must be an array of IPv4 ranges, such as 0.0.0.0/0 or 203.0.113.0/24",
  ],
  [{ allowedRanges: [] }, "allowedRanges must name at least one range"],
  [{ natAllowedRanges: ["me"] }, "natAllowedRanges must be an array of IPv4 ranges, such as 203.0.113.0/24"],
  [
    { imageUri: "sorted:latest" },
    "imageUri must be an image by digest: registry/name@sha256: and 64 hexadecimal digits",
  ],
  [{ imageDigest: "latest" }, "imageDigest must be sha256: and 64 hexadecimal digits"],
  [{ vmSize: "t3.small" }, "vmSize must be a size of virtual machines, such as Standard_B2als_v2"],
  [{ ubuntuVersion: "24.04" }, "ubuntuVersion must be latest, or a version of Canonical's image, such as "],
  [
    { diskEncryptionSetId: "disks" },
    "diskEncryptionSetId must be the resource ID of a disk encryption set in the stack's region",
  ],
  [{ identityId: "me" }, "identityId must be the resource ID of a user-assigned identity"],
  [{ volumeGiB: 20 }, "volumeGiB must be an integer from 30 to 1000"],
  [{ sshPublicKey: "me" }, "sshPublicKey must be a public SSH key as in ~/.ssh/id_ed25519.pub: "],
  [
    { apiKeyHashes: ["a key"] },
    "apiKeyHashes must be an array of SHA-256 hashes of keys, 64 hexadecimal digits",
  ],
  [{ environment: ["API_KEYS=a key"] }, "environment must be an array of NAME=value; HOST, PORT, "],
  [{ environment: ["METRICS=true"] }, "environment must be an array of NAME=value; HOST, PORT, "],
  [{ allowedRanges: ["203.0.113.0/24", "203.0.113.0/24"] }, "allowedRanges has 203.0.113.0/24 twice"],
  [{ tags: ["Team=a", "team=b"] }, "tags has team twice"],
  [{ environment: ["PORT=80"] }, "environment must be an array of NAME=value; HOST, PORT, "],
  [{ logRetentionDays: 7 }, "logRetentionDays must be an integer from 30 to 730"],
  [{ tags: ["Team"] }, "tags must be an array of Name=value"],
  [{ tags: ["azure-x=y"] }, "tags must be an array of Name=value"],
  [
    { tags: ["Stack=other"] },
    "tags must be an array of Name=value; Name, Project and Stack are the program's own",
  ],
  [{ shutdownDelaySeconds: 14 }, "shutdownDelaySeconds must be an integer from 15 to 120"],
];

for (const [config, message] of wrong) {
  test(`refused: ${JSON.stringify(config)}`, async (t) => {
    const [only = "", ...others] = await mistakesWith(config);
    t.ok(only.startsWith(`sorted-azure:${message}`), only);
    t.strictSame(others, []);
  });
}

const digest = `sha256:${"0".repeat(64)}`;
const { applicationGateway } = configurations;
const { keyVaultId } = applicationGateway;
const { identityId } = configurations.ofACompany;
const registryId = keyVaultId.replace(
  "Microsoft.KeyVault/vaults/keys-example",
  "Microsoft.ContainerRegistry/registries/other",
);

/** Settings that are good alone and do not fit together. */
const unfit: readonly [config: Record<string, unknown>, ...messages: string[]][] = [
  [{ minInstances: 5 }, "maxInstances must not be less than minInstances"],
  [
    { vnetCidr: "10.0.0.0/22", maxInstances: 20 },
    "vnetCidr 10.0.0.0/22 has 59 addresses for machines, but with those that replace others there can be 60: set a larger range, or a smaller maxInstances",
  ],
  [
    { instanceLimit: 5, warmInstances: 1, requestsPerInstance: 20 },
    "instanceLimit has an effect only with compute serverless",
    "warmInstances has an effect only with compute serverless",
    "requestsPerInstance has an effect only with compute serverless",
  ],
  [
    { ...withoutKey, compute: "serverless", bastion: true, zones: 3, vmSize: "Standard_D2als_v6" },
    "zones has an effect only with compute fleet",
    "bastion has an effect only with compute fleet",
    "vmSize has an effect only with compute fleet",
  ],
  [{ compute: "serverless" }, "sshPublicKey has an effect only with compute fleet"],
  [
    { latencyAlarmMs: 500 },
    "latencyAlarmMs has an effect only with compute serverless or with ingress applicationGateway",
  ],
  [
    { ...withoutKey, compute: "serverless", domainName: "sorted.example.com" },
    "domainName has an effect only with ingress applicationGateway",
  ],
  [{ onDemandBase: 1 }, "onDemandBase has an effect only with spot true"],
  [
    { spot: true, vmSize: "Standard_D2als_v6", onDemandBase: 5 },
    "onDemandBase must not be more than maxInstances",
  ],
  [{ monthlyBudget: 100 }, "monthlyBudget has an effect only with alarmEmail"],
  [
    { internal: true },
    "allowedRanges must name the networks of clients with internal true: 0.0.0.0/0 is the Internet",
  ],
  [
    { ...applicationGateway, internal: true, allowedRanges: ["172.16.0.0/16"] },
    "internal has an effect only with ingress loadBalancer",
  ],
  [{ gatewayIdentityId: identityId }, "gatewayIdentityId has an effect only with ingress applicationGateway"],
  [
    {
      ...withoutKey,
      compute: "serverless",
      imageUri: `ghcr.io/someone/sorted@${digest}`,
      identityId,
    },
    "identityId has an effect only with machines, or with an image in azurecr.io",
  ],
  [
    { ...withoutKey, compute: "serverless", architecture: "arm64" },
    "architecture must be x86_64 with compute serverless: Azure runs no container apps on arm64",
  ],
  ...[256, 1000, 8704].map((containerMemoryMiB): [config: Record<string, unknown>, message: string] => [
    { ...withoutKey, compute: "serverless", containerMemoryMiB },
    "containerMemoryMiB must be from 512 to 8192 in steps of 512 with compute serverless",
  ]),
  [
    { ...withoutKey, compute: "serverless", warmInstances: 11 },
    "warmInstances must not be more than instanceLimit",
  ],
  [{ machineGroup: "serverlb" }, "machineGroup must be a different resource group from balancerGroup"],
  [
    { allowedRanges: ["10.0.0.0/8"] },
    "allowedRanges 10.0.0.0/8 overlaps vnetCidr: machines would reach each other",
  ],
  [
    { allowedRanges: ["203.0.113.0/24", "198.51.100.0/24", "203.0.113.7/32"] },
    "allowedRanges 203.0.113.7/32 overlaps 203.0.113.0/24: Azure refuses both in one rule",
  ],
  [
    { natAllowedRanges: ["10.0.0.4/32"] },
    "natAllowedRanges 10.0.0.4/32 overlaps vnetCidr: machines would reach each other",
  ],
  [
    { ingress: "applicationGateway" },
    "domainName is needed for ingress applicationGateway",
    "keyVaultId is needed for ingress applicationGateway",
    "certificateName is needed for ingress applicationGateway",
  ],
  [
    { ...applicationGateway, ingress: "loadBalancer" },
    "domainName has an effect only with ingress applicationGateway",
    "keyVaultId has an effect only with ingress applicationGateway",
    "certificateName has an effect only with ingress applicationGateway",
  ],
  [
    { ...applicationGateway, natAllowedRanges: ["198.51.100.0/24"] },
    "natAllowedRanges has an effect only with ingress loadBalancer",
  ],
  [
    { imageUri: `shared.azurecr.io/sorted@${digest}` },
    "registryId is needed, so that the machines may pull from shared.azurecr.io",
  ],
  [
    { imageUri: `ghcr.io/someone/sorted@${digest}`, imageDigest: digest },
    "imageDigest has an effect only without imageUri",
  ],
  [{ registryId }, "registryId has an effect only with imageUri"],
  [
    { registryId, imageUri: `ghcr.io/someone/sorted@${digest}` },
    "registryId needs an imageUri in azurecr.io",
  ],
  [
    { registryId, imageUri: `shared.azurecr.io/sorted@${digest}` },
    "registryId must be the ID of shared.azurecr.io, the registry of imageUri",
  ],
];

for (const [config, ...messages] of unfit) {
  test(`refused together: ${JSON.stringify(config)}`, async (t) => {
    t.strictSame(
      await mistakesWith(config),
      messages.map((message) => `sorted-azure:${message}`),
    );
  });
}

test("what only seems not to fit is accepted", async (t) => {
  t.strictSame(await mistakesWith({ allowedRanges: ["10.1.0.0/16", "0.0.0.0/0"] }), []);
  const overlapping = ["203.0.113.0/24", "203.0.113.7/32"];
  t.strictSame(
    await mistakesWith({ ...withoutKey, compute: "serverless", allowedRanges: overlapping }),
    [],
    "which are rules of their own there",
  );
  t.strictSame(await mistakesWith({ vmSize: "Standard_E4-2ads_v5" }), []);
  t.strictSame(await mistakesWith({ zones: "3", domainName: "" }), []);
  t.strictSame(await mistakesWith({ vnetCidr: "10.0.0.0/22", maxInstances: 19 }), []);
  t.strictSame(await mistakesWith({ protect: true, spot: true, minInstances: 1, maxInstances: 1 }), []);
});

test("all that is wrong is said at once", async (t) => {
  t.equal((await mistakesWith({ zones: 0, ingress: "off", tags: ["x"], typo: 1 })).length, 4);
});
