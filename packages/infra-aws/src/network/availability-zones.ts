/** Which availability zones to use. */
import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones.js";
import { wrongSettings } from "@sorted/infra-kit";

/** Something that not every zone has. */
export interface ZoneLimit {
  /** The names of the zones that have it. */
  readonly zones: ReadonlySet<string>;
  /** What it is, such as `t4g.small`. */
  readonly what: string;
}

/**
 * The names of the first zones of the provider's region that have what is needed, in the order of the alphabet. Zones that
 * an account has to opt into, such as local ones, don't count.
 *
 * @param count how many
 * @param limits what each of them must have
 * @throws {pulumi.RunError} that names the setting `zones`, where the region has fewer
 * @example
 * await availabilityZones(2, []) // ["eu-central-1a", "eu-central-1b"]
 */
export async function availabilityZones(
  count: number,
  limits: readonly ZoneLimit[],
): Promise<readonly string[]> {
  const optIn = { name: "opt-in-status", values: ["opt-in-not-required"] };
  const { names, region } = await getAvailabilityZones({ state: "available", filters: [optIn] });
  const fit = names.filter((name) => limits.every(({ zones }) => zones.has(name))).toSorted();
  if (fit.length < count) {
    const lacking = limits
      .filter(({ zones }) => names.some((name) => !zones.has(name)))
      .map(({ what, zones }) => `; ${what} is only in ${[...zones].toSorted().join(", ")}`);
    throw wrongSettings([
      `zones must be ${fit.length} or less in ${region}, and is ${count}${lacking.join("")}`,
    ]);
  }
  return fit.slice(0, count);
}
