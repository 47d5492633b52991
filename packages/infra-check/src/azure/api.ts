/** What Azure's API, and a registry's login, answer a program that asks them itself. */
import { SUBSCRIPTION_ID } from "./calls.ts";

/** A machine of a scale set. */
export interface Machine {
  /** Of this machine alone. */
  readonly vmId: string;
  /** The tag of its health extension. */
  readonly model: string | undefined;
  readonly isHealthy: boolean;
}

/** A scale set, as far as programs ask for it. */
interface ScaleSet {
  readonly id: string;
  readonly vmSize: string;
  readonly capacity: number;
  /** The tag of the health extension in its model. */
  readonly model: string | undefined;
  readonly timeCreated?: string;
}

/** A rolling upgrade of a scale set. */
export interface Upgrade {
  readonly code: "RollingForward" | "Cancelled" | "Completed" | "Faulted";
  readonly startTime: string;
}

/** A size of machines, as the list of sizes has it. */
export interface Size {
  readonly family: string;
  readonly vCPUs: number;
  readonly memoryGB: number;
  readonly capabilities?: Readonly<Record<string, string>>;
  readonly zones?: readonly string[];
  readonly restrictions?: readonly {
    readonly type: "Location" | "Zone";
    readonly restrictionInfo?: { readonly zones: readonly string[] };
  }[];
}

/** What there is in the subscription. */
export interface AzureState {
  /** A resource, or an image, that somebody else has made, by its path; `undefined` if there is none. */
  existing(id: string): object | undefined | "forbidden";
  scaleSets(): readonly ScaleSet[];
  /** Of the scale set with this ID. */
  machines(scaleSetId: string): readonly Machine[];
  upgrade(scaleSetId: string): Upgrade | undefined;
  readonly sizes: Readonly<Record<string, Size>>;
  /** Processors in use and allowed, by the name of the quota. */
  readonly quotas: Readonly<Record<string, readonly [used: number, limit: number]>>;
}

const shared = { CpuArchitectureType: "x64", HyperVGenerations: "V1,V2", EncryptionAtHostSupported: "True" };

/** Some sizes of machines, by Microsoft's pages about them. */
export const sizes: AzureState["sizes"] = {
  Standard_B1s: {
    family: "standardBSFamily",
    vCPUs: 1,
    memoryGB: 1,
    capabilities: { LowPriorityCapable: "False" },
  },
  Standard_B2als_v2: {
    family: "standardBasv2Family",
    vCPUs: 2,
    memoryGB: 4,
    capabilities: { LowPriorityCapable: "False" },
  },
  Standard_D2als_v6: { family: "standardDalv6Family", vCPUs: 2, memoryGB: 4 },
  Standard_D4as_v6: { family: "standardDav6Family", vCPUs: 4, memoryGB: 16 },
  Standard_D2pls_v6: {
    family: "standardDplsv6Family",
    vCPUs: 2,
    memoryGB: 4,
    capabilities: { CpuArchitectureType: "Arm64" },
  },
  Standard_A2_v2: {
    family: "standardAv2Family",
    vCPUs: 2,
    memoryGB: 4,
    capabilities: { HyperVGenerations: "V1", EncryptionAtHostSupported: "False" },
  },
};

/** A subscription with what settings name, and with what the program has just made: two healthy machines. */
export const nothingYet: AzureState = {
  existing: () => ({ location: "westeurope", properties: { enableRbacAuthorization: true } }),
  scaleSets: () => [],
  machines: () => ["one", "two"].map((vmId) => ({ vmId, model: undefined, isHealthy: true })),
  upgrade: () => undefined,
  sizes,
  quotas: { cores: [0, 100], lowPriorityCores: [0, 100] },
};

/**
 * Answers as Azure would; any other address is not there.
 *
 * @param asked each path below the subscription that is asked for
 */
export function azureApi(state: AzureState, asked: (path: string) => void = () => {}): typeof fetch {
  const base = `/subscriptions/${SUBSCRIPTION_ID}`;
  return async (input) => {
    const { hostname, pathname, searchParams } = new URL(input instanceof Request ? input.url : input);
    if (/^[a-z0-9]+\.azurecr\.io$/.test(hostname) && pathname === "/oauth2/exchange") {
      return Response.json({ refresh_token: "password" });
    }
    if (hostname !== "management.azure.com" || !pathname.startsWith(base))
      throw new Error(`${input} is not there`);
    const path = pathname.slice(base.length);
    asked(path);
    const answer = answerTo(state, path, searchParams);
    if (answer === "forbidden") return Response.json({ error: { message: "You may not" } }, { status: 403 });
    return answer === undefined
      ? Response.json({ error: { code: "NotFound", message: "There is none" } }, { status: 404 })
      : Response.json(answer);
  };
}

/** Types of what others have made, at the end of a path before its name. */
const ofOthers = /\/(vaults|registries|diskEncryptionSets|userAssignedIdentities|versions)\/[^/]+$/;

function answerTo(state: AzureState, path: string, query: URLSearchParams): object | undefined | "forbidden" {
  if (ofOthers.test(path)) return state.existing(`/subscriptions/${SUBSCRIPTION_ID}${path}`);
  const compute = "/providers/Microsoft.Compute";
  if (path === `${compute}/skus`) return { value: [disk, ...Object.entries(state.sizes).map(sku)] };
  if (path.startsWith(`${compute}/locations/`) && path.endsWith("/usages")) {
    return {
      value: Object.entries(state.quotas).map(([value, [currentValue, limit]]) => ({
        name: { value },
        currentValue,
        limit,
      })),
    };
  }
  const group = path.slice(0, path.indexOf(compute));
  if (path.endsWith(`${compute}/virtualMachineScaleSets`)) {
    return {
      value: state
        .scaleSets()
        .filter(({ id }) => id.includes(`${group}/`))
        .map(scaleSet),
    };
  }
  const upgraded = /^(.*)\/rollingUpgrades\/latest$/.exec(path)?.[1];
  if (upgraded) {
    const upgrade = state.upgrade(`/subscriptions/${SUBSCRIPTION_ID}${upgraded}`);
    return upgrade && { properties: { runningStatus: upgrade } };
  }
  if (path.endsWith(`${compute}/virtualMachines`)) {
    const id = /'virtualMachineScaleSet\/id' eq '([^']+)'/.exec(query.get("$filter") ?? "")?.[1] ?? "";
    return {
      value: state
        .machines(id)
        .map((machine) =>
          virtualMachine(`/subscriptions/${SUBSCRIPTION_ID}${path}/${machine.vmId}`, id, machine),
        ),
    };
  }
  const [, vmId] = /\/virtualMachines\/([^/]+)\/extensions\/health$/.exec(path) ?? [];
  const ids = ["", ...state.scaleSets().map(({ id }) => id)];
  const machine = ids.flatMap((id) => state.machines(id)).find((each) => each.vmId === vmId);
  return machine && { name: "health", properties: { forceUpdateTag: machine.model } };
}

/** Among the sizes of machines are those of disks, which say less. */
const disk = {
  resourceType: "disks",
  name: "Standard_LRS",
  locationInfo: [{ location: "westeurope" }],
  capabilities: null,
  restrictions: [{ type: "Location" }],
};

function sku([name, size]: readonly [string, Size]): object {
  const { family, vCPUs, memoryGB, capabilities = {}, zones = ["1", "2", "3"], restrictions = [] } = size;
  const all = { ...shared, LowPriorityCapable: "True", ...capabilities };
  return {
    resourceType: "virtualMachines",
    name,
    family,
    locationInfo: [{ location: "westeurope", zones }],
    capabilities: Object.entries({ vCPUs: String(vCPUs), MemoryGB: String(memoryGB), ...all }).map(
      ([capability, value]) => ({ name: capability, value }),
    ),
    restrictions,
  };
}

function scaleSet({ id, vmSize, capacity, model, timeCreated }: ScaleSet): object {
  const extensions = [{ name: "health", properties: { forceUpdateTag: model } }];
  return {
    id,
    sku: { name: vmSize, tier: "Standard", capacity },
    properties: { timeCreated, virtualMachineProfile: { extensionProfile: { extensions } } },
  };
}

function virtualMachine(id: string, scaleSetId: string, { vmId, isHealthy }: Machine): object {
  const code = `HealthState/${isHealthy ? "healthy" : "unhealthy"}`;
  return {
    id,
    properties: {
      vmId,
      virtualMachineScaleSet: { id: scaleSetId },
      instanceView: { vmHealth: { status: { code } } },
    },
  };
}
