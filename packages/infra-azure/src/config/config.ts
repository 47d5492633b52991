/**
 * Every setting of the program: its type, default and limits, and which settings fit together. Pulumi.yaml describes
 * them to the user; test/config/config.test.ts keeps the two in step.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  acrRegistryOf,
  anyValue,
  checkedText,
  choice,
  commonSettings,
  flag,
  integer,
  isCidr,
  list,
  overlap,
  type Refuse as RefuseOf,
  readSettings,
  scoped,
  secondsToUnhealthy,
  tagsSetting,
  text,
} from "@sorted/infra-kit";
import { z } from "zod";
import { mostMachines } from "../fleet/surge.ts";
import type { Certificate } from "../ingress/certificate.ts";
import { isVnetCidr, machineAddresses } from "../network/addresses.ts";

/** What runs where no size is set: 2 virtual processors and 4 GiB. */
const cheapest = { arm64: "Standard_D2pls_v6", x86_64: "Standard_B2als_v2" } as const;

/**
 * The same as spot machines, of which the B series has none.
 *
 * @see https://learn.microsoft.com/azure/virtual-machine-scale-sets/use-spot#limitations
 */
const cheapestSpot = { ...cheapest, x86_64: "Standard_D2als_v6" } as const;

const isIpv4Range = (range: string) => isCidr(range) && !range.includes(":");

const resourceId = (type: string) =>
  new RegExp(`^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+/providers/${type}/[^/]+$`, "i");

const isGroupName = (name: string) => /^[\w().-]{0,89}[\w()-]$/.test(name);
const groupName = "the name of a resource group: letters, digits and -_.(), at most 90";

/** Machines and what is before them. */
const fleet = { compute: "fleet" };
const serverless = { compute: "serverless" };
const loadBalancer = { ingress: "loadBalancer" };
const applicationGateway = { ingress: "applicationGateway" };
/** What ends clients' connections, and so sees requests and measures answers. */
const seesRequests = { ...serverless, ...applicationGateway };

const identityPattern = resourceId("Microsoft\\.ManagedIdentity/userAssignedIdentities");
const identityText = "the resource ID of a user-assigned identity";

const shape = z.object({
  // Compute
  compute: choice(["fleet", "serverless"], "fleet"),
  instanceLimit: scoped(integer(1, 300, 10), serverless),
  warmInstances: scoped(integer(0, 300, 0), serverless),
  requestsPerInstance: scoped(integer(1, 1000, 10), serverless),

  // Resource groups
  balancerGroup: checkedText(isGroupName, groupName, "ServerLB"),
  machineGroup: checkedText(isGroupName, groupName, "ServerVM"),
  createGroups: flag(true),
  identityId: text(identityPattern, identityText),
  gatewayIdentityId: scoped(text(identityPattern, identityText), applicationGateway),

  // Network
  vnetCidr: scoped(
    checkedText(isVnetCidr, "an IPv4 range from /16 to /22, such as 10.0.0.0/16", "10.0.0.0/16"),
    fleet,
  ),
  zones: scoped(integer(1, 3, 2), fleet),
  bastion: scoped(flag(false), fleet),

  // Ingress
  ingress: scoped(choice(["loadBalancer", "applicationGateway"], "loadBalancer"), fleet),
  internal: scoped(flag(false), fleet, loadBalancer),
  allowedRanges: list(isIpv4Range, "IPv4 ranges, such as 0.0.0.0/0 or 203.0.113.0/24", {
    byDefault: ["0.0.0.0/0"],
  }),
  natAllowedRanges: scoped(list(isIpv4Range, "IPv4 ranges, such as 203.0.113.0/24"), fleet, loadBalancer),
  publicMetrics: commonSettings.publicMetrics,
  domainName: scoped(commonSettings.domainName, applicationGateway),
  keyVaultId: scoped(
    text(resourceId("Microsoft\\.KeyVault/vaults"), "the resource ID of a Key Vault"),
    applicationGateway,
  ),
  certificateName: scoped(
    text(/^[0-9a-zA-Z-]{1,127}$/, "the name of a certificate in the Key Vault"),
    applicationGateway,
  ),

  // Image
  imageUri: commonSettings.imageUri,
  imageDigest: commonSettings.imageDigest,
  registryId: scoped(
    text(resourceId("Microsoft\\.ContainerRegistry/registries"), "the resource ID of a container registry"),
    { imageUri: anyValue },
  ),
  architecture: choice(["arm64", "x86_64"], "x86_64"),

  // Fleet
  vmSize: scoped(
    text(/^Standard_[A-Z][A-Za-z0-9_-]+$/, "a size of virtual machines, such as Standard_B2als_v2"),
    fleet,
  ),
  ubuntuVersion: scoped(
    checkedText(
      (version) => /^(latest|24\.04\.\d{9,12})$/.test(version),
      "latest, or a version of Canonical's image, such as 24.04.202511100",
      "latest",
    ),
    fleet,
  ),
  volumeGiB: scoped(integer(30, 1000, 30), fleet),
  minInstances: scoped(integer(1, 100, 2), fleet),
  maxInstances: scoped(integer(1, 100, 4), fleet),
  cpuPercent: scoped(integer(10, 90, 50), fleet),
  spot: scoped(flag(false), fleet),
  onDemandBase: scoped(integer(0, 100, 0), { spot: true }),
  sshPublicKey: scoped(
    text(
      /^(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]+=*( [^\r\n]*)?$/,
      "a public SSH key as in ~/.ssh/id_ed25519.pub: ssh-ed25519 or ssh-rsa",
    ),
    fleet,
  ),
  encryptionAtHost: scoped(flag(false), fleet),
  diskEncryptionSetId: scoped(
    text(
      resourceId("Microsoft\\.Compute/diskEncryptionSets"),
      "the resource ID of a disk encryption set in the stack's region",
    ),
    fleet,
  ),

  // Application
  containerMemoryMiB: integer(128, 1_000_000, 1024),
  shutdownDelaySeconds: integer(secondsToUnhealthy + 1, 120, 20),
  graceSeconds: integer(1, 120, 30),
  logRequests: commonSettings.logRequests,
  apiKeyHashes: commonSettings.apiKeyHashes,
  environment: commonSettings.environment,

  // Observability
  logRetentionDays: integer(30, 730, 30),
  alarmEmail: commonSettings.alarmEmail,
  monthlyBudget: scoped(integer(0, 1_000_000, 0), { alarmEmail: anyValue }),
  latencyAlarmMs: scoped(integer(1, 60_000, 1000), seesRequests),

  // The whole stack
  protect: commonSettings.protect,
  // https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
  tags: tagsSetting(/^(?!microsoft|azure|windows)[\w.:+@ -]{1,128}$/i),
});

/** The way in, with what only that kind needs. */
type IngressSettings =
  | { readonly kind: "loadBalancer"; readonly natAllowedRanges: readonly string[] }
  | {
      readonly kind: "applicationGateway";
      readonly domainName: string;
      readonly certificate: Certificate;
    };

/** All settings, checked; `undefined` where one without a default is not set. */
export interface Settings extends Omit<z.output<typeof shape>, "ingress" | "vmSize" | "sshPublicKey"> {
  readonly ingress: IngressSettings;
  readonly vmSize: string;
  readonly sshPublicKey: string;
}

/** The schema of each setting by name. */
export const settings = shape.shape;

/** Says that a setting is wrong because of another. */
type Refuse = RefuseOf<typeof settings>;

/**
 * Reads the settings of the stack.
 *
 * @throws {pulumi.RunError} that names each wrong setting, or those that don't fit together, and what would be right
 */
export function readConfig(): Settings {
  checkLocation();
  const given = readSettings(shape, (all, refuse) => {
    checkCompute(all, refuse);
    checkGroups(all, refuse);
    checkIngress(all, refuse);
    checkImage(all, refuse);
    checkFleet(all, refuse);
  });
  const { sshPublicKey = "", vmSize = (given.spot ? cheapestSpot : cheapest)[given.architecture] } = given;
  return { ...given, sshPublicKey, vmSize, ingress: ingressOf(given) };
}

function ingressOf(given: z.output<typeof shape>): IngressSettings {
  const { domainName, keyVaultId, certificateName, natAllowedRanges } = given;
  return domainName && keyVaultId && certificateName
    ? { kind: "applicationGateway", domainName, certificate: { keyVaultId, certificateName } }
    : { kind: "loadBalancer", natAllowedRanges };
}

/** Pulumi's provider reads the location by itself, and would first miss it in the middle of an `up`. */
function checkLocation(): void {
  const location = new pulumi.Config("azure-native").get("location");
  if (!location) {
    throw new pulumi.RunError(
      "azure-native:location is not set. Set it, as in: pulumi config set azure-native:location westeurope",
    );
  }
  // Other clouds have other domain names.
  if (/^(china|usgov|usdod|ussec|usnat)/i.test(location)) {
    throw new pulumi.RunError(
      `azure-native:location must be a region of Azure's public cloud, such as westeurope: ${location}`,
    );
  }
}

/** Azure has half a processor for each 1,024 MiB, in steps of half of that. */
const isAppMemory = (memoryMiB: number) => memoryMiB % 512 === 0 && memoryMiB >= 512 && memoryMiB <= 8192;

function checkCompute(given: z.output<typeof shape>, refuse: Refuse): void {
  if (given.compute === "fleet") return;
  if (given.architecture !== "x86_64") {
    refuse("architecture", "must be x86_64 with compute serverless: Azure runs no container apps on arm64");
  }
  if (!isAppMemory(given.containerMemoryMiB)) {
    refuse("containerMemoryMiB", "must be from 512 to 8192 in steps of 512 with compute serverless");
  }
  if (given.warmInstances > given.instanceLimit) {
    refuse("warmInstances", "must not be more than instanceLimit");
  }
}

function checkGroups({ balancerGroup, machineGroup }: z.output<typeof shape>, refuse: Refuse): void {
  if (balancerGroup.toLowerCase() === machineGroup.toLowerCase()) {
    refuse("machineGroup", "must be a different resource group from balancerGroup");
  }
}

function checkIngress(given: z.output<typeof shape>, refuse: Refuse): void {
  if (given.allowedRanges.length === 0) refuse("allowedRanges", "must name at least one range");
  if (given.internal && given.allowedRanges.includes("0.0.0.0/0")) {
    refuse(
      "allowedRanges",
      "must name the networks of clients with internal true: 0.0.0.0/0 is the Internet",
    );
  }
  if (given.compute === "serverless") return;
  for (const name of ["allowedRanges", "natAllowedRanges"] as const) checkRanges(name, given, refuse);
  if (given.ingress === "loadBalancer") return;
  for (const name of ["domainName", "keyVaultId", "certificateName"] as const) {
    if (!given[name]) refuse(name, "is needed for ingress applicationGateway");
  }
}

/**
 * Ranges of a security rule: outside of the virtual network, and apart, as Azure refuses a rule with ranges that overlap.
 *
 * @see https://github.com/alan-turing-institute/data-safe-haven/issues/2077
 */
function checkRanges(
  name: "allowedRanges" | "natAllowedRanges",
  given: z.output<typeof shape>,
  refuse: Refuse,
): void {
  const { vnetCidr } = given;
  const ranges = given[name];
  if (ranges.includes("0.0.0.0/0")) return;
  ranges.forEach((range, index) => {
    if (overlap(range, vnetCidr)) refuse(name, `${range} overlaps vnetCidr: machines would reach each other`);
    const other = ranges.slice(0, index).find((before) => overlap(range, before));
    if (other !== undefined) refuse(name, `${range} overlaps ${other}: Azure refuses both in one rule`);
  });
}

function checkImage(given: z.output<typeof shape>, refuse: Refuse): void {
  const { imageUri, registryId } = given;
  const registry = imageUri && acrRegistryOf(imageUri);
  if (registry && !registryId)
    refuse("registryId", `is needed, so that the machines may pull from ${registry}`);
  if (registryId && imageUri && !registry) refuse("registryId", "needs an imageUri in azurecr.io");
  if (registry && registryId && registryId.split("/").at(-1)?.toLowerCase() !== registry.split(".")[0]) {
    refuse("registryId", `must be the ID of ${registry}, the registry of imageUri`);
  }
  if (given.identityId && given.compute === "serverless" && imageUri && !registry) {
    refuse("identityId", "has an effect only with machines, or with an image in azurecr.io");
  }
}

function checkFleet(given: z.output<typeof shape>, refuse: Refuse): void {
  if (given.compute === "fleet" && !given.sshPublicKey) {
    refuse("sshPublicKey", "is needed: Azure creates no machine without a key or a password");
  }
  if (given.onDemandBase > given.maxInstances) {
    refuse("onDemandBase", "must not be more than maxInstances");
  }
  if (given.maxInstances < given.minInstances) refuse("maxInstances", "must not be less than minInstances");
  const addresses = machineAddresses(given.vnetCidr);
  if (mostMachines(given.maxInstances) > addresses) {
    refuse(
      "vnetCidr",
      `${given.vnetCidr} has ${addresses} addresses for machines, but with those that replace others there can be ${mostMachines(given.maxInstances)}: set a larger range, or a smaller maxInstances`,
    );
  }
}
