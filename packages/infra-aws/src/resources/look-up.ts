/** Questions to AWS about what settings name. */
import { wrongSettings } from "@sorted/infra-kit";

/**
 * What AWS says about it.
 *
 * @param what the setting, and its value
 * @throws {pulumi.RunError} that names the setting, with AWS's words, if AWS has no such thing or doesn't say
 * @example
 * await lookedUp("vpcId vpc-0123456789abcdef0", getVpc({ id: "vpc-0123456789abcdef0" }))
 */
export async function lookedUp<Found>(what: string, found: Promise<Found>): Promise<Found> {
  try {
    return await found;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw wrongSettings([`${what} can't be looked up: ${why}`]);
  }
}
