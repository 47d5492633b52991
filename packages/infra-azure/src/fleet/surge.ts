/** How many machines there can be at once. */

/** How much of the fleet is renewed at a time, in percent: so many new machines stand beside the old ones. */
export const surgePercent = 50;

/** The most machines that a rolling upgrade makes of so many, its new ones included. */
export function withSurge(machines: number): number {
  return machines + Math.ceil((machines * surgePercent) / 100);
}

/**
 * The most machines that there can be at all: each of them may be under repair, with its successor beside it.
 *
 * @see https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-instance-repairs
 */
export function mostMachines(maxInstances: number): number {
  return 2 * withSurge(maxInstances);
}
