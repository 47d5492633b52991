/** The roll-out of a model: Pulumi goes on when Azure has saved the model, not when all machines are made by it. */
import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { type Machines, machinesOf, type RunningFleet } from "./running-fleet.ts";

/** How often Azure is asked; and for how long nothing may get better, as a machine boots, or leaves within 15 minutes. */
const patience = { pollSeconds: 20, mostSeconds: 30 * 60 } as const;

/** What is rolled out. */
export interface RollOut {
  readonly scaleSetId: string;
  readonly model: string;
  /** The command that brings back what served before. */
  readonly wayBack: string;
}

/**
 * Waits for a roll-out that this update began, or that is under way.
 *
 * @param before the fleet before the update, if there was one
 * @throws {pulumi.RunError} as {@link rolledOut} does; or if an earlier roll-out of the same model left old machines
 */
export async function watched(rollOut: RollOut, before: RunningFleet | undefined): Promise<void> {
  if (pulumi.runtime.isDryRun()) return;
  const { scaleSetId, model } = rollOut;
  const isSame = before?.scaleSetId.toLowerCase() === scaleSetId.toLowerCase();
  if (!isSame || before.model !== model) return rolledOut(rollOut, isSame ? before : undefined);
  const old = before.machines.filter((each) => each.model !== undefined && each.model !== model).length;
  if (old > 0 && before.upgrade?.status === "RollingForward") {
    return rolledOut(rollOut, { ...before, upgrade: undefined });
  }
  const all = before.machines.length;
  if (old > 0) {
    throw new pulumi.RunError(
      `${old} of ${all} machines are of an earlier model: its roll-out has failed. ${advice(rollOut)}`,
    );
  }
  const sick = before.machines.filter(({ isHealthy }) => !isHealthy).length;
  if (sick > 0) await pulumi.log.warn(`${sick} of ${all} machines are not healthy`);
}

/** The old machines serve; but the next one that Azure makes is by the new model. */
function advice({ wayBack }: RollOut): string {
  return `Machines that were not replaced still serve. To go back, run: ${wayBack}`;
}

/**
 * Waits until every machine was made by the model, and is healthy. It goes by the machines: for Azure an upgrade is also
 * complete when it changed them in place for lack of quota, although they never read the new user data.
 *
 * @param before the machines before the update; without it all are new
 * @throws {pulumi.RunError} if Azure gives up, or nothing gets better any more
 * @see https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-maxsurge
 */
export async function rolledOut(
  rollOut: RollOut,
  before: Machines | undefined,
  { pollSeconds, mostSeconds }: { readonly pollSeconds: number; readonly mostSeconds: number } = patience,
): Promise<void> {
  const { scaleSetId, model } = rollOut;
  const outdated = new Set(before?.machines.filter((machine) => machine.model !== model).map(({ id }) => id));
  let best = Number.NEGATIVE_INFINITY;
  for (let waited = 0; ; waited += pollSeconds) {
    const { machines, upgrade } = await machinesOf(scaleSetId);
    const old = machines.filter(({ id }) => outdated.has(id)).length;
    const healthy = machines.filter(({ id, isHealthy }) => isHealthy && !outdated.has(id)).length;
    if (machines.length > 0 && healthy === machines.length) return;
    const isNew = upgrade?.startTime !== before?.upgrade?.startTime;
    if (isNew && /Cancelled|Faulted/.test(upgrade?.status ?? "")) {
      throw new pulumi.RunError(`The rolling upgrade ended as ${upgrade?.status}. ${advice(rollOut)}`);
    }
    if (healthy - old > best) {
      best = healthy - old;
      waited = 0;
      await pulumi.log.info(`${healthy} of ${machines.length} machines are new and healthy`);
    }
    if (waited >= mostSeconds) {
      throw new pulumi.RunError(`${reason(old, isNew ? upgrade?.status : undefined)}. ${advice(rollOut)}`);
    }
    await setTimeout(pollSeconds * 1000);
  }
}

/** Why machines are not new, or not healthy. */
function reason(old: number, status: string | undefined): string {
  if (old === 0) return "Not all machines become healthy";
  return status === "Completed"
    ? `${old} machines were changed in place and still run the old image: Azure does that without the quota for more machines`
    : `${old} machines are not replaced`;
}
