/** Azure Bastion: shells on the machines by Azure's API and one's own key, with no address of theirs to connect to. */
import { BastionHost, NetworkSecurityGroup, Subnet } from "@pulumi/azure-native/network/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";
import { publicAddress } from "./public-ip-address.ts";
import { allowIn, allowOut, denyAll, type Rule } from "./security-rules.ts";
import type { VirtualNetworkPlace } from "./virtual-network.ts";

export interface BastionArgs {
  readonly group: Group;
  readonly vnet: VirtualNetworkPlace;
  /** IPv4 range of /26 or larger. */
  readonly cidr: string;
  /** What else is made in the virtual network, and first: Azure refuses two changes of one at a time. */
  readonly after: readonly pulumi.Resource[];
}

/** A host of the tier that `az network bastion ssh` can use, billed by the hour. */
export class Bastion extends pulumi.ComponentResource {
  readonly hostName: pulumi.Output<string>;

  constructor(name: string, args: BastionArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:Bastion", name, {}, options);
    const resourceGroupName = args.group.name;
    const group = new NetworkSecurityGroup(
      name,
      { resourceGroupName, securityRules: [...rules] },
      { parent: this },
    );
    const subnet = new Subnet(
      name,
      {
        ...args.vnet,
        subnetName: "AzureBastionSubnet",
        addressPrefix: args.cidr,
        networkSecurityGroup: { id: group.id },
      },
      { parent: this, dependsOn: [...args.after] },
    );
    const address = publicAddress(name, { resourceGroupName }, this);
    const host = new BastionHost(
      name,
      {
        resourceGroupName,
        sku: { name: "Standard" },
        enableTunneling: true,
        ipConfigurations: [
          { name: "public", subnet: { id: subnet.id }, publicIPAddress: { id: address.id } },
        ],
      },
      { parent: this },
    );
    this.hostName = host.name;
    this.registerOutputs({ hostName: host.name });
  }
}

/**
 * What Azure demands of a group on Bastion's subnet.
 *
 * @see https://learn.microsoft.com/azure/bastion/bastion-nsg
 */
const rules: readonly Rule[] = [
  allowIn({
    name: "allow-clients",
    description: "Operators, who come through Azure's API",
    priority: 100,
    from: "Internet",
    to: "*",
    ports: [443],
  }),
  allowIn({
    name: "allow-gateway-manager",
    description: "Azure, which runs Bastion",
    priority: 110,
    from: "GatewayManager",
    to: "*",
    ports: [443],
  }),
  allowIn({
    name: "allow-probes",
    description: "Azure's checks of Bastion itself",
    priority: 120,
    from: "AzureLoadBalancer",
    to: "*",
    ports: [443],
  }),
  allowIn({
    name: "allow-bastion",
    description: "Between the parts of Bastion",
    priority: 130,
    from: "VirtualNetwork",
    to: "VirtualNetwork",
    ports: [8080, 5701],
    protocol: "*",
  }),
  denyAll("Inbound"),
  allowOut({
    name: "allow-machines",
    description: "Shells on machines",
    priority: 100,
    from: "*",
    to: "VirtualNetwork",
    ports: [22, 3389],
  }),
  allowOut({
    name: "allow-azure",
    description: "Azure's API, for logs and diagnostics",
    priority: 110,
    from: "*",
    to: "AzureCloud",
    ports: [443],
  }),
  allowOut({
    name: "allow-bastion-out",
    description: "Between the parts of Bastion",
    priority: 120,
    from: "VirtualNetwork",
    to: "VirtualNetwork",
    ports: [8080, 5701],
    protocol: "*",
  }),
  allowOut({
    name: "allow-sessions",
    description: "Sessions, and the check of certificates",
    priority: 130,
    from: "*",
    to: "Internet",
    ports: [80],
  }),
  denyAll("Outbound"),
];
