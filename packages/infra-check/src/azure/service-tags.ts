/** What Azure's service tags stand for. */
import type { Network, Service } from "../reachability/topology.ts";

/** Prefixes that a rule means, but for some. */
export interface Meant {
  readonly peers: readonly string[];
  readonly except?: readonly string[];
}

/** From where Azure probes machines, and answers their questions for names. */
export const PROBES = "probes";

const platform = "168.63.129.16/32";
const anywhere = ["0.0.0.0/0", "::/0"];

/**
 * Azure's own services that rules name. Two have ranges for documentation (RFC 5737), in the place of those that Azure
 * publishes every week: what counts is that they are not the rest of the Internet.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const services: readonly (Service & { readonly tag: string })[] = [
  {
    tag: "AzureLoadBalancer",
    id: PROBES,
    name: "Azure's health probes",
    prefixes: [platform],
    connectsTo: "everyHost",
  },
  {
    tag: "GatewayManager",
    id: "gateway-manager",
    name: "Azure's gateway manager",
    prefixes: ["192.0.2.0/26"],
    connectsTo: "publicAddresses",
  },
  { tag: "AzureCloud", id: "azure", name: "Azure", prefixes: ["192.0.2.0/25"] },
];

/** The services behind the tags that rules name; the health probes always. */
export function servicesBehind(tags: ReadonlySet<string>): readonly Service[] {
  return services
    .filter(({ tag, id }) => id === PROBES || tags.has(tag))
    .map(({ tag: _, ...service }) => service);
}

/**
 * What rules mean most often.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags
 */
export function meanings(networks: readonly Network[]) {
  // Azure counts the platform's address among those of every virtual network.
  const network = [...networks.flatMap(({ prefixes }) => prefixes), platform];
  return {
    anything: { peers: anywhere },
    network: { peers: network },
    internet: { peers: anywhere, except: network },
    probes: { peers: [platform] },
  };
}

/** What a tag means to a rule, or `undefined` if nothing is known of it. */
export function meaningOf(tag: string, networks: readonly Network[]): Meant | undefined {
  const { anything, network, internet } = meanings(networks);
  const known: Readonly<Record<string, Meant>> = {
    "*": anything,
    VirtualNetwork: network,
    Internet: internet,
  };
  const service = services.find((candidate) => candidate.tag === tag);
  return known[tag] ?? (service && { peers: service.prefixes });
}
