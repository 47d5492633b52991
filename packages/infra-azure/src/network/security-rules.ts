/** Rules of network security groups: the smallest number decides, and Azure's own rules come last. */
import type { network } from "@pulumi/azure-native/types/input.js";

/** A rule as Azure's API takes it. */
export type Rule = network.SecurityRuleArgs;

/** What a rule lets through; the port of the sender is never looked at. */
export interface Traffic {
  readonly name: string;
  /** What it is for, in at most 140 characters. */
  readonly description: string;
  /** 100 to 4095; the smallest number is looked at first. */
  readonly priority: number;
  /** Ranges (CIDR) or one service tag, such as `Internet`. */
  readonly from: string | readonly string[];
  readonly to: string;
  /** Ports or ranges of ports; `*` is any. */
  readonly ports: readonly (number | string)[];
  /** Default: TCP. */
  readonly protocol?: "Tcp" | "*";
}

/** Lets traffic in. */
export function allowIn(traffic: Traffic): Rule {
  return allow("Inbound", traffic);
}

/** Lets traffic out. */
export function allowOut(traffic: Traffic): Rule {
  return allow("Outbound", traffic);
}

/**
 * Keeps everything out that no earlier rule lets in, or in. It has to be said: rule 65000 of Azure lets the whole
 * virtual network in and out, so that each machine would reach every other one.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
export function denyAll(direction: "Inbound" | "Outbound"): Rule {
  return {
    name: `deny-${direction.toLowerCase()}`,
    description: "Whatever no other rule allows, the rest of the virtual network included",
    priority: 4096,
    direction,
    access: "Deny",
    protocol: "*",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
  };
}

/**
 * Whom ranges mean. All of IPv4 is the tag `Internet`, which leaves the virtual network out: `0.0.0.0/0` would let each
 * machine reach every other one.
 */
export function clientsOf(ranges: readonly string[]): string | readonly string[] {
  return ranges.includes("0.0.0.0/0") ? "Internet" : ranges;
}

function allow(direction: "Inbound" | "Outbound", traffic: Traffic): Rule {
  const { name, description, priority, from, to, ports, protocol = "Tcp" } = traffic;
  const [only, ...more] = ports.map(String);
  return {
    name,
    description,
    priority,
    direction,
    access: "Allow",
    protocol,
    ...(typeof from === "string" ? { sourceAddressPrefix: from } : { sourceAddressPrefixes: [...from] }),
    sourcePortRange: "*",
    destinationAddressPrefix: to,
    ...(only !== undefined && more.length === 0
      ? { destinationPortRange: only }
      : { destinationPortRanges: ports.map(String) }),
  };
}
