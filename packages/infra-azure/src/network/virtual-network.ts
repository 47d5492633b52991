/** The network: a private subnet for the machines, with a way out. Whatever else needs a subnet adds its own. */
import { NatGateway, Subnet, VirtualNetwork } from "@pulumi/azure-native/network/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Group } from "../resources/resource-group.ts";
import { publicAddress } from "./public-ip-address.ts";

/** What a network is made from. */
export interface NetworkArgs {
  readonly group: Group;
  /** The IPv4 range, /16 to /22. */
  readonly vnetCidr: string;
  /** The part of it for the machines. */
  readonly machineCidr: string;
  /** The network security group on the machines' subnet. */
  readonly securityGroupId: pulumi.Input<string>;
}

/** Where a further subnet goes; the first two properties are what `network.Subnet` calls them. */
export interface VirtualNetworkPlace {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly virtualNetworkName: pulumi.Output<string>;
}

/**
 * A virtual network. Its subnet spans all zones of the region. Machines in it have no way out by default; one NAT
 * gateway is theirs, and takes precedence over a load balancer.
 *
 * @example
 * new Network("sorted", { group, vnetCidr: "10.0.0.0/16", machineCidr: "10.0.0.0/20", securityGroupId });
 */
export class Network extends pulumi.ComponentResource {
  readonly vnet: VirtualNetworkPlace;
  /** For whoever peers with it. */
  readonly id: pulumi.Output<string>;
  readonly machineSubnetId: pulumi.Output<string>;
  /** The address that machines are seen by outside. */
  readonly outboundAddress: pulumi.Output<string>;

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:Network", name, {}, options);
    const resourceGroupName = args.group.name;
    const vnet = new VirtualNetwork(
      name,
      { resourceGroupName, addressSpace: { addressPrefixes: [args.vnetCidr] } },
      { parent: this },
    );
    const outbound = publicAddress(`${name}-outbound`, { resourceGroupName }, this);
    const nat = new NatGateway(
      name,
      { resourceGroupName, sku: { name: "Standard" }, publicIpAddresses: [{ id: outbound.id }] },
      { parent: this },
    );
    const machines = new Subnet(
      `${name}-machines`,
      {
        resourceGroupName,
        virtualNetworkName: vnet.name,
        addressPrefix: args.machineCidr,
        defaultOutboundAccess: false,
        natGateway: { id: nat.id },
        networkSecurityGroup: { id: args.securityGroupId },
      },
      { parent: this },
    );
    this.vnet = { resourceGroupName, virtualNetworkName: vnet.name };
    this.id = vnet.id;
    this.machineSubnetId = machines.id;
    this.outboundAddress = outbound.ipAddress.apply((address = "") => address);
    this.registerOutputs({ machineSubnetId: machines.id });
  }
}
