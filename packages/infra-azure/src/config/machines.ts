/** Whether Azure has the machines that the settings ask for: their size, where it is, and the quota. */
import * as pulumi from "@pulumi/pulumi";
import { wrongSettings } from "@sorted/infra-kit";
import { z } from "zod";
import type { RunningFleet } from "../fleet/running-fleet.ts";
import { withSurge } from "../fleet/surge.ts";
import { askAll, subscription } from "../resources/resource-manager.ts";
import type { Settings } from "./config.ts";

/** What the host needs beside the container. */
const hostMiB = 700;

/** Azure leaves out what a size has none of, or says null. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const size = z.object({
  resourceType: z.string(),
  name: z.string(),
  family: z.string().nullish(),
  locationInfo: listOf(z.object({ zones: listOf(z.string()) })),
  capabilities: listOf(z.object({ name: z.string(), value: z.string().nullish() })),
  restrictions: listOf(
    z.object({ type: z.string(), restrictionInfo: z.object({ zones: listOf(z.string()) }).nullish() }),
  ),
});

const usage = z.object({
  name: z.object({ value: z.string() }),
  currentValue: z.number(),
  limit: z.number(),
});

type Size = z.output<typeof size>;
type Usage = z.output<typeof usage>;

/**
 * Stops a preview whose machines Azure would refuse in the middle of an update, or could not replace.
 *
 * @param running the machines that there are: they have their part of the quota already
 * @throws {pulumi.RunError} that names each wrong setting, and what would be right
 * @see https://learn.microsoft.com/rest/api/compute/resource-skus/list
 * @see https://learn.microsoft.com/rest/api/compute/usage/list
 */
export async function checkMachines(settings: Settings, running: RunningFleet | undefined): Promise<void> {
  const location = new pulumi.Config("azure-native").require("location").toLowerCase().replaceAll(" ", "");
  const compute = `${await subscription()}/providers/Microsoft.Compute`;
  const [sizes, usages] = await Promise.all([
    askAll(`${compute}/skus`, { "api-version": "2021-07-01", $filter: `location eq '${location}'` }, size),
    askAll(`${compute}/locations/${location}/usages`, { "api-version": "2024-11-01" }, usage),
  ]);
  const found = sizes.find(
    ({ resourceType, name }) =>
      resourceType === "virtualMachines" && name.toLowerCase() === settings.vmSize.toLowerCase(),
  );
  const mistakes =
    found === undefined
      ? [`vmSize ${settings.vmSize} does not exist in ${location}`]
      : [
          ...unfit(found, settings),
          ...(await beyondQuota(quotasOf(found, settings, usages), found, settings, running)),
        ];
  if (mistakes.length > 0) throw wrongSettings(mistakes);
}

const capability = ({ capabilities }: Size, name: string): string =>
  capabilities.find((each) => each.name === name)?.value ?? "";

/** What is wrong with a size for these settings. */
function unfit(found: Size, settings: Settings): readonly string[] {
  const { vmSize, architecture, containerMemoryMiB, spot, encryptionAtHost } = settings;
  const is = (name: string, value = "True") => capability(found, name) === value;
  const memoryMiB = Number(capability(found, "MemoryGB")) * 1024;
  const actual = is("CpuArchitectureType", "Arm64") ? "arm64" : "x86_64";
  const zones = missingZones(found, settings.zones);
  const mistakes: readonly (readonly [isWrong: boolean, mistake: string])[] = [
    [actual !== architecture, `vmSize ${vmSize} is ${actual}, but architecture is ${architecture}`],
    [
      found.restrictions.some(({ type }) => type === "Location"),
      `vmSize ${vmSize} is not available to your subscription in this region: choose another size, or ask Azure for it`,
    ],
    [
      zones.length > 0,
      `zones ${settings.zones} can't be had: zone ${zones.join(" and ")} has no ${vmSize} for your subscription`,
    ],
    [
      is("TrustedLaunchDisabled") || !capability(found, "HyperVGenerations").includes("V2"),
      `vmSize ${vmSize} does not support Trusted Launch`,
    ],
    [
      containerMemoryMiB + hostMiB > memoryMiB,
      `containerMemoryMiB must be ${Math.max(0, memoryMiB - hostMiB)} or less on ${vmSize}: the host needs ${hostMiB} MiB`,
    ],
    [spot && !is("LowPriorityCapable"), `spot needs another vmSize: Azure has no spot machines of ${vmSize}`],
    [
      encryptionAtHost && !is("EncryptionAtHostSupported"),
      `encryptionAtHost needs another vmSize: ${vmSize} does not support it`,
    ],
  ];
  return mistakes.filter(([isWrong]) => isWrong).map(([, mistake]) => mistake);
}

/** Those of the first zones in which a size can't be had. */
function missingZones({ locationInfo, restrictions }: Size, zones: number): readonly string[] {
  const offered = locationInfo.flatMap((each) => each.zones);
  const refused = restrictions
    .filter(({ type }) => type === "Zone")
    .flatMap((each) => each.restrictionInfo?.zones ?? []);
  return Array.from({ length: zones }, (_, zone) => String(zone + 1)).filter(
    (zone) => !offered.includes(zone) || refused.includes(zone),
  );
}

/** A quota, and how many of a number of machines count towards it. */
interface Quota extends Usage {
  readonly share: (machines: number) => number;
}

/** The quotas that machines count towards: of the region and of their family, and that of all spot machines. */
function quotasOf(
  { family }: Size,
  { spot, onDemandBase }: Settings,
  usages: readonly Usage[],
): readonly Quota[] {
  const onDemand = (machines: number) => (spot ? Math.min(machines, onDemandBase) : machines);
  const ofSpot = (machines: number) => machines - onDemand(machines);
  const shares = new Map([
    ["cores", onDemand],
    [(family ?? "").toLowerCase(), onDemand],
    ["lowprioritycores", ofSpot],
  ]);
  return usages.flatMap((usage) => {
    const share = shares.get(usage.name.value.toLowerCase());
    return share ? [{ ...usage, share }] : [];
  });
}

/** Refuses what leaves no room to renew the smallest fleet, and warns where the largest one has none. */
async function beyondQuota(
  quotas: readonly Quota[],
  found: Size,
  { vmSize, minInstances, maxInstances }: Settings,
  running: RunningFleet | undefined,
): Promise<readonly string[]> {
  const each = Number(capability(found, "vCPUs"));
  const own = running?.vmSize.toLowerCase() === vmSize.toLowerCase() ? running.machines.length : 0;
  const mistakes: string[] = [];
  for (const { name, limit, currentValue, share } of quotas) {
    const free = limit - currentValue + share(own) * each;
    const needed = (machines: number) => share(withSurge(machines)) * each;
    const room = (machines: number) =>
      `${needed(machines)} processors of ${vmSize}, with those that replace them in an upgrade, and the quota ${name.value} has ${free}`;
    if (free < needed(minInstances)) {
      mistakes.push(
        `minInstances ${minInstances} takes ${room(minInstances)}: ask Azure for more, or set a smaller vmSize`,
      );
    } else if (free < needed(maxInstances)) {
      await pulumi.log.warn(
        `maxInstances ${maxInstances} takes ${room(maxInstances)}. Azure then adds no machine, or changes machines in place, which run the old image: ask Azure for more`,
      );
    }
  }
  return mistakes;
}
