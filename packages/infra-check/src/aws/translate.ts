/** Recorded resources of AWS in the cloud-neutral model of a network. */
import type { Topology } from "../reachability/topology.ts";
import type { Records } from "../recorder/records.ts";
import { translateHosts } from "./hosts.ts";
import { translateBalancers } from "./load-balancers.ts";
import { translateGateways, translateServices, translateSubnets, translateVpcs } from "./network.ts";
import { applySecurityGroups } from "./security-groups.ts";
import { refuseUnknownTypes } from "./types/understood.ts";

export interface TranslateOptions {
  /** Instances of each Auto Scaling group in each of its subnets. Default: 2, so that neighbours are seen too. */
  readonly instancesPerSubnet?: number;
}

/**
 * Translates what a program declared; with an existing network, pass its resources too.
 *
 * @param records recorded without `preview`: references must resolve
 * @throws {UntranslatableError} for everything that could open a path and is not understood
 */
export function translateAws(records: Records, { instancesPerSubnet = 2 }: TranslateOptions = {}): Topology {
  refuseUnknownTypes(records);
  const networks = translateVpcs(records);
  const subnets = translateSubnets(records, networks);
  const services = translateServices(records);
  const hosts = translateHosts(records, subnets, instancesPerSubnet);
  return {
    networks,
    subnets,
    gateways: translateGateways(records),
    hosts: applySecurityGroups(records, hosts, services),
    balancers: translateBalancers(records, hosts),
    services,
  };
}
