/** Who may connect to whom: the network security groups of both resource groups. */
import { NetworkSecurityGroup } from "@pulumi/azure-native/network/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";
import type { Ranges } from "./addresses.ts";
import { allowIn, allowOut, clientsOf, denyAll, type Rule } from "./security-rules.ts";

/** The way in that the rules are for. */
export type Entry = {
  /** IPv4 ranges of clients. */
  readonly allowedRanges: readonly string[];
} & (
  | {
      readonly kind: "loadBalancer";
      /** IPv4 ranges that may reach one machine each, by the inbound NAT rules. */
      readonly natAllowedRanges: readonly string[];
      /** The port of the machines that the inbound NAT rules lead to. */
      readonly natPort: number;
    }
  | { readonly kind: "applicationGateway" }
);

export interface AccessArgs {
  /** The resource group of the balancer: `ServerLB`. */
  readonly balancerGroup: Group;
  /** The resource group of the machines: `ServerVM`. */
  readonly machineGroup: Group;
  readonly ranges: Ranges;
  readonly entry: Entry;
  /** The port of the machines that requests go to. */
  readonly port: number;
  /** Let Azure Bastion open shells on the machines. */
  readonly bastion: boolean;
}

/**
 * The two groups that were asked for say "ServerLB: port 80 from the Internet" and "ServerVM: port 80 from the load
 * balancer". A network security group attaches to a subnet or a network interface only, and both must admit a packet.
 *
 * *Load balancer.* It has neither subnet nor network interface, and passes packets through: at a machine the sender is the client,
 * never the balancer, and the tag `AzureLoadBalancer` is the sender of health probes alone. So the group of ServerLB is
 * on the machines' subnet, that of ServerVM on their network interfaces, and both say: port 80 from clients and probes, nothing
 * else. As no machine has a public address, the only way in from the Internet is the load balancer.
 *
 * *Application gateway.* It has a subnet and connects to the machines by itself, so both groups mean what they say.
 *
 * @see https://learn.microsoft.com/azure/load-balancer/load-balancer-overview
 * @see https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups
 */
export class Access extends pulumi.ComponentResource {
  /** Of ServerLB. */
  readonly balancerSecurityGroupId: pulumi.Output<string>;
  /** Of ServerVM: for the machines' network interfaces. */
  readonly machineSecurityGroupId: pulumi.Output<string>;
  /** Whichever of the two belongs on the machines' subnet. */
  readonly machineSubnetSecurityGroupId: pulumi.Output<string>;

  constructor(name: string, args: AccessArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:Access", name, {}, options);
    const { entry } = args;
    const shell = args.bastion ? [fromBastion(args)] : [];
    const inward =
      entry.kind === "loadBalancer"
        ? [...throughBalancer(args, entry), ...shell]
        : [fromGateway(args), ...shell];
    const balancer = this.#group(`${name}-balancer`, args.balancerGroup, [
      ...(entry.kind === "loadBalancer" ? inward : toGateway(args)),
      denyAll("Inbound"),
    ]);
    const machines = this.#group(`${name}-machines`, args.machineGroup, [
      ...inward,
      denyAll("Inbound"),
      ...wayOut(args),
      denyAll("Outbound"),
    ]);
    this.balancerSecurityGroupId = balancer.id;
    this.machineSecurityGroupId = machines.id;
    this.machineSubnetSecurityGroupId = entry.kind === "loadBalancer" ? balancer.id : machines.id;
    this.registerOutputs({
      balancerSecurityGroupId: balancer.id,
      machineSecurityGroupId: machines.id,
    });
  }

  #group(name: string, group: Group, securityRules: readonly Rule[]): NetworkSecurityGroup {
    return new NetworkSecurityGroup(
      name,
      { resourceGroupName: group.name, securityRules: [...securityRules] },
      { parent: this },
    );
  }
}

/** What a layer-4 load balancer passes on to the machines, and its own probes. */
function throughBalancer(
  { ranges, port }: AccessArgs,
  entry: Extract<Entry, { kind: "loadBalancer" }>,
): readonly Rule[] {
  const { allowedRanges, natAllowedRanges, natPort } = entry;
  const to = ranges.machines;
  const clients = allowIn({
    name: "allow-clients",
    description: "Requests of clients, which the load balancer passes on as they are",
    priority: 100,
    from: clientsOf(allowedRanges),
    to,
    ports: [port],
  });
  const probes = allowIn({
    name: "allow-probes",
    description: "Health probes of the load balancer",
    priority: 110,
    from: "AzureLoadBalancer",
    to,
    ports: [port],
  });
  if (natAllowedRanges.length === 0) return [clients, probes];
  const nat = allowIn({
    name: "allow-nat",
    description: "Connections to one machine, by the inbound NAT rules",
    priority: 120,
    from: clientsOf(natAllowedRanges),
    to,
    ports: [natPort],
  });
  return [clients, probes, nat];
}

/** What an application gateway must be reached by: clients, and Azure, which runs it. */
function toGateway({ ranges, entry }: AccessArgs): readonly Rule[] {
  return [
    allowIn({
      name: "allow-clients",
      description: "Requests of clients",
      priority: 100,
      from: clientsOf(entry.allowedRanges),
      to: ranges.gateway,
      ports: [80, 443],
    }),
    allowIn({
      name: "allow-gateway-manager",
      description: "Azure, which runs the gateway",
      priority: 110,
      from: "GatewayManager",
      to: "*",
      ports: ["65200-65535"],
    }),
    allowIn({
      name: "allow-probes",
      description: "Azure's checks of the gateway itself",
      priority: 120,
      from: "AzureLoadBalancer",
      to: "*",
      ports: ["*"],
      protocol: "*",
    }),
  ];
}

function fromGateway({ ranges, port }: AccessArgs): Rule {
  return allowIn({
    name: "allow-gateway",
    description: "Requests that the application gateway sends on",
    priority: 100,
    from: ranges.gateway,
    to: ranges.machines,
    ports: [port],
  });
}

function fromBastion({ ranges }: AccessArgs): Rule {
  return allowIn({
    name: "allow-bastion",
    description: "Shells through Azure Bastion",
    priority: 130,
    from: ranges.bastion,
    to: ranges.machines,
    ports: [22],
  });
}

/**
 * HTTPS for the registry, logs and Azure's API; HTTP for Ubuntu's archive, which is signed and has nothing else. DNS, the
 * metadata service and the machine's agent talk to addresses of the platform, which these rules don't concern.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
function wayOut({ ranges }: AccessArgs): readonly Rule[] {
  return [
    allowOut({
      name: "allow-internet",
      description: "The registry, logs and Azure's API by HTTPS; Ubuntu's archive by HTTP",
      priority: 100,
      from: ranges.machines,
      to: "Internet",
      ports: [80, 443],
    }),
  ];
}
