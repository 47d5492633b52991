/** What AWS says about the instance types: whether they exist, where, and whether the application fits on them. */
import { getInstanceType } from "@pulumi/aws/ec2/getInstanceType.js";
import { getInstanceTypeOfferings } from "@pulumi/aws/ec2/getInstanceTypeOfferings.js";
import { wrongSettings } from "@sorted/infra-kit";
import type { ZoneLimit } from "../network/availability-zones.ts";

/** What the host needs beside the container: Linux, Docker and Amazon's agents. */
const hostMiB = 400;

/** What must run on the instances. */
export interface Wanted {
  readonly instanceTypes: readonly string[];
  readonly architecture: "arm64" | "x86_64";
  readonly containerMemoryMiB: number;
  readonly region: string;
}

/**
 * Asks AWS about the types, in a preview too: it would refuse a wrong one only after the network is there, and a container
 * that doesn't fit would end as instances that never become healthy.
 *
 * @returns the zones that have at least one of the types
 * @throws {pulumi.RunError} that names each setting that is wrong
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-discovery.html
 */
export async function instanceZones(wanted: Wanted): Promise<ZoneLimit> {
  const types = [...wanted.instanceTypes];
  const offers = await getInstanceTypeOfferings({
    locationType: "availability-zone",
    filters: [{ name: "instance-type", values: types }],
  });
  const mistakes = await Promise.all(
    types.map((type) =>
      offers.instanceTypes.includes(type)
        ? mistakesOf(type, wanted)
        : [`instanceTypes ${type} is not to be had in ${wanted.region}`],
    ),
  );
  if (mistakes.flat().length > 0) throw wrongSettings(mistakes.flat());
  return { zones: new Set(offers.locations), what: types.join(" or ") };
}

async function mistakesOf(type: string, wanted: Wanted): Promise<readonly string[]> {
  const { supportedArchitectures, memorySize } = await getInstanceType({ instanceType: type });
  const { architecture, containerMemoryMiB } = wanted;
  const mistakes: string[] = [];
  if (!supportedArchitectures.includes(architecture)) {
    mistakes.push(
      `instanceTypes ${type} is ${supportedArchitectures.join(" or ")}, but architecture is ${architecture}`,
    );
  }
  const mostMiB = memorySize - hostMiB;
  if (containerMemoryMiB > mostMiB) {
    mistakes.push(
      `containerMemoryMiB must be ${Math.max(0, mostMiB)} or less on a ${type}, which has ${memorySize} MiB`,
    );
  }
  return mistakes;
}
