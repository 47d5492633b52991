/** The fleet as Azure has it: what scaling, repairs and upgrades have made of what was declared. */
import { z } from "zod";
import { ask, askAll, subscription } from "../resources/resource-manager.ts";
import { healthExtension } from "./extensions.ts";

const version = { "api-version": "2024-11-01" } as const;

const extension = z.object({
  name: z.string(),
  properties: z.object({ forceUpdateTag: z.string().nullish() }).nullish(),
});

const scaleSet = z.object({
  id: z.string(),
  sku: z.object({ name: z.string(), capacity: z.number() }),
  properties: z.object({
    timeCreated: z.string().nullish(),
    virtualMachineProfile: z
      .object({ extensionProfile: z.object({ extensions: z.array(extension).nullish() }).nullish() })
      .nullish(),
  }),
});

const virtualMachine = z.object({
  id: z.string(),
  properties: z.object({
    vmId: z.string(),
    instanceView: z
      .object({ vmHealth: z.object({ status: z.object({ code: z.string() }) }).nullish() })
      .nullish(),
  }),
});

const rollingUpgrade = z.object({
  properties: z.object({ runningStatus: z.object({ code: z.string(), startTime: z.string() }) }),
});

/** A machine that is there. */
interface RunningMachine {
  /** Of this machine alone, also if another one had its name. */
  readonly id: string;
  /** What it was made by, or changed to in place. */
  readonly model: string | undefined;
  /** Whether the application on it is ready. */
  readonly isHealthy: boolean;
}

/** The last rolling upgrade. */
interface RollingUpgrade {
  /** `RollingForward`, `Cancelled`, `Completed` or `Faulted`. */
  readonly status: string;
  readonly startTime: string;
}

/** The machines that there are, and how they are being renewed. */
export interface Machines {
  readonly machines: readonly RunningMachine[];
  /** `undefined` if there was none yet. */
  readonly upgrade: RollingUpgrade | undefined;
}

/** A scale set that is there. */
export interface RunningFleet extends Machines {
  readonly scaleSetId: string;
  readonly vmSize: string;
  /** How many machines scaling has made it. */
  readonly capacity: number;
  /** What its new machines are made by; `undefined` if something else than this program made it. */
  readonly model: string | undefined;
}

/**
 * The scale set in a resource group; of two, the newer one, which an update that failed put beside the other.
 *
 * @returns `undefined` before the first deployment
 */
export async function runningFleet(group: string): Promise<RunningFleet | undefined> {
  const path = `${await subscription()}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets`;
  const all = await askAll(path, version, scaleSet);
  const [newest] = all.toSorted((one, other) =>
    (other.properties.timeCreated ?? "").localeCompare(one.properties.timeCreated ?? ""),
  );
  if (newest === undefined) return undefined;
  const { id, sku, properties } = newest;
  const extensions = properties.virtualMachineProfile?.extensionProfile?.extensions ?? [];
  return {
    scaleSetId: id,
    vmSize: sku.name,
    capacity: sku.capacity,
    model: extensions.find(({ name }) => name === healthExtension)?.properties?.forceUpdateTag ?? undefined,
    ...(await machinesOf(id)),
  };
}

/** The machines of a scale set. */
export async function machinesOf(scaleSetId: string): Promise<Machines> {
  const [group] = scaleSetId.split("/providers/");
  const [machines, upgrade] = await Promise.all([
    askAll(
      `${group}/providers/Microsoft.Compute/virtualMachines`,
      { ...version, $filter: `'virtualMachineScaleSet/id' eq '${scaleSetId}'`, $expand: "instanceView" },
      virtualMachine,
    ),
    ask(`${scaleSetId}/rollingUpgrades/latest`, version, rollingUpgrade),
  ]);
  const { code: status, startTime } = upgrade?.properties.runningStatus ?? {};
  return {
    machines: await Promise.all(machines.map(running)),
    upgrade: status && startTime ? { status, startTime } : undefined,
  };
}

async function running({ id, properties }: z.output<typeof virtualMachine>): Promise<RunningMachine> {
  const health = await ask(`${id}/extensions/${healthExtension}`, version, extension);
  return {
    id: properties.vmId,
    model: health?.properties?.forceUpdateTag ?? undefined,
    isHealthy: properties.instanceView?.vmHealth?.status.code === "HealthState/healthy",
  };
}

/** How many machines to declare: as many as there are, so that an update undoes no scaling, within the limits. */
export function capacityOf(
  fleet: RunningFleet | undefined,
  { minInstances, maxInstances }: { readonly minInstances: number; readonly maxInstances: number },
): number {
  return Math.min(Math.max(fleet?.capacity ?? minInstances, minInstances), maxInstances);
}
