/** Recorded resources of Azure in the cloud-neutral model of a network. */
import type { Topology } from "../reachability/topology.ts";
import type { Records } from "../recorder/records.ts";
import { translateHosts } from "./hosts.ts";
import { translateBalancers } from "./load-balancers.ts";
import { translateGateways, translateNetworks, translateSubnets } from "./network.ts";
import { applySecurityGroups } from "./network-security-groups.ts";
import { refuseUnknown } from "./types/understood.ts";

export interface TranslateAzureOptions {
  /** Instances of each scale set. Default: 2, so that neighbours are seen too. */
  readonly instances?: number;
}

/**
 * Translates what a program declared.
 *
 * @param records recorded without `preview`: references must resolve
 * @throws {UntranslatableError} for everything that could open a path and is not understood
 */
export function translateAzure(records: Records, { instances = 2 }: TranslateAzureOptions = {}): Topology {
  refuseUnknown(records);
  const networks = translateNetworks(records);
  const subnets = translateSubnets(records, networks);
  const hosts = translateHosts(records, subnets, instances);
  return {
    networks,
    ...applySecurityGroups(records, networks, subnets, hosts),
    gateways: translateGateways(records, subnets),
    balancers: translateBalancers(records, hosts),
  };
}
