/** Which availability zones to use. */
import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones.js";
import * as pulumi from "@pulumi/pulumi";

/**
 * The names of the first zones of the provider's region, in the order of the alphabet. Zones that an account has to
 * opt into, such as local ones, don't count.
 *
 * @param count how many
 * @throws {pulumi.RunError} where the region has fewer
 * @example
 * await availabilityZones(2) // ["eu-central-1a", "eu-central-1b"]
 */
export async function availabilityZones(count: number): Promise<readonly string[]> {
  const optIn = { name: "opt-in-status", values: ["opt-in-not-required"] };
  const { names, region } = await getAvailabilityZones({ state: "available", filters: [optIn] });
  if (names.length < count) {
    throw new pulumi.RunError(`zones must be ${names.length} or less in ${region}, and is ${count}`);
  }
  return names.toSorted().slice(0, count);
}
