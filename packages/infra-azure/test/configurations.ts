/** The configurations that the tests declare the program for. */
import { type Recorded, type RecordedCloud, type RecordedResource, recordProgram } from "@sorted/infra-check";
import { type AzureState, azure, azureApi, nothingYet } from "@sorted/infra-check/azure";
import { location, required } from "./required.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";

const applicationGateway = {
  ingress: "applicationGateway",
  domainName: "sorted.example.com",
  keyVaultId: `${subscription}/resourceGroups/Keys/providers/Microsoft.KeyVault/vaults/keys-example`,
  certificateName: "sorted",
};

/** Settings by what they are an example of; {@link required} is added to each with machines. */
export const configurations = {
  least: {},
  threeZones: { zones: 3, minInstances: 3, maxInstances: 9 },
  applicationGateway,
  nat: { natAllowedRanges: ["198.51.100.0/24"] },
  someClients: { allowedRanges: ["198.51.100.0/24", "203.0.113.0/24"] },
  bastion: { bastion: true },
  gatewayAndBastion: { ...applicationGateway, bastion: true },
  givenImage: { imageUri: `ghcr.io/someone/sorted@${digest}` },
  givenImageInAcr: {
    imageUri: `shared.azurecr.io/sorted@${digest}`,
    registryId: `${subscription}/resourceGroups/Images/providers/Microsoft.ContainerRegistry/registries/shared`,
  },
  spot: { spot: true },
  spotAboveBase: { spot: true, vmSize: "Standard_D2als_v6", onDemandBase: 1 },
  internal: { internal: true, allowedRanges: ["172.16.0.0/16"] },
  ofACompany: {
    ...applicationGateway,
    createGroups: false,
    identityId: `${subscription}/resourceGroups/Identities/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pull`,
    gatewayIdentityId: `${subscription}/resourceGroups/Identities/providers/Microsoft.ManagedIdentity/userAssignedIdentities/tls`,
    diskEncryptionSetId: `${subscription}/resourceGroups/Keys/providers/Microsoft.Compute/diskEncryptionSets/disks`,
    alarmEmail: "operations@example.com",
    monthlyBudget: 500,
  },
  arm64: { architecture: "arm64", encryptionAtHost: true },
  otherGroups: { balancerGroup: "try-lb", machineGroup: "try-vm" },
  serverless: { compute: "serverless" },
  serverlessForSome: {
    compute: "serverless",
    allowedRanges: ["198.51.100.0/24", "203.0.113.0/24"],
    imageUri: `ghcr.io/someone/sorted@${digest}`,
    containerMemoryMiB: 1536,
    warmInstances: 2,
    instanceLimit: 30,
    requestsPerInstance: 40,
    alarmEmail: "operations@example.com",
  },
  isProtected: { protect: true },
  everything: {
    ...applicationGateway,
    bastion: true,
    alarmEmail: "operations@example.com",
    tags: ["Team=search", "Purpose=sums = and more"],
    protect: true,
  },
} satisfies Record<string, Record<string, unknown>>;

/** The name of one of the configurations. */
export type Configuration = keyof typeof configurations;

/** What was sent to registries for a password. */
export const exchanges: { readonly url: string; readonly body: string }[] = [];

/** What the program asked Azure's API itself, below the subscription. */
export const asked: string[] = [];

/** Azure with a subscription in this state. */
const inState = (state: AzureState): RecordedCloud => ({
  ...azure,
  fetch: async (url, init) => {
    if (String(url).includes("/oauth2/exchange"))
      exchanges.push({ url: String(url), body: String(init?.body) });
    return azureApi(state, (path) => asked.push(path))(url, init);
  },
});

let runs = 0;
const recorded = new Map<string, Promise<Recorded>>();

/** Records the program as it stands, with one of the configurations or with settings of one's own. */
export function record(
  configuration: Configuration | Readonly<Record<string, unknown>>,
  preview = false,
): Promise<Recorded> {
  return recordWhere({}, configuration, preview);
}

/** The same where the subscription is not empty; recorded anew each time. */
export function recordWhere(
  state: Partial<AzureState>,
  configuration: Configuration | Readonly<Record<string, unknown>>,
  preview = false,
): Promise<Recorded> {
  const settings = typeof configuration === "string" ? configurations[configuration] : configuration;
  const config = { ...("compute" in settings ? location : required), ...settings };
  const key = JSON.stringify([config, preview]);
  const isUsual = Object.keys(state).length === 0;
  const known = isUsual ? recorded.get(key) : undefined;
  if (known) return known;
  // Node evaluates a module once for each query string.
  runs += 1;
  const entry = `../index.ts?${runs}`;
  const run = recordProgram({
    cloud: inState({ ...nothingYet, ...state }),
    project: "sorted-azure",
    config,
    preview,
    run: () => import(entry),
  });
  if (isUsual) recorded.set(key, run);
  return run;
}

/** The resources of a type, without its `azure-native:`; components and other clouds' are left out. */
export function ofType({ resources }: Recorded, type: string): readonly RecordedResource[] {
  return resources.filter((resource) => resource.type === `azure-native:${type}`);
}

/** The one resource of a type, or of a type and a name. */
export function one(recorded: Recorded, type: string, name?: string): RecordedResource {
  const found = ofType(recorded, type).filter((resource) => name === undefined || resource.name === name);
  const [resource] = found;
  if (resource && found.length === 1) return resource;
  throw new Error(`There are ${found.length} of ${type} ${name ?? ""}`);
}

/** The ID of something in one of the usual resource groups, such as `ServerVM`, `network/natGateways/sorted`. */
export function idIn(group: string, path: string): string {
  const [service = "", ...rest] = path.split("/");
  return `${subscription}/resourceGroups/${group}/providers/Microsoft.${service}/${rest.join("/")}`;
}
