/** The way in by default: a layer-4 load balancer with a static public address. */
import * as network from "@pulumi/azure-native/network/index.js";
import type { network as types } from "@pulumi/azure-native/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { healthCheck } from "@sorted/infra-kit";
import { allZones, publicAddress } from "../network/public-ip-address.ts";
import type { Group } from "../resources/resource-group.ts";
import type { Ingress, Pools } from "./ingress.ts";
import { subResourcesOf } from "./sub-resources.ts";

/** Inbound NAT rules take the balancer's ports from here on, a port for each machine. */
export const firstNatPort = 50_000;

export interface LoadBalancerArgs {
  readonly group: Group;
  /** A private address for it, and the subnet that has it. Without them it has a public one. */
  readonly internal?: { readonly subnetId: pulumi.Input<string>; readonly address: string } | undefined;
  /** The port of the machines that requests go to. */
  readonly port: number;
  /** Another port of the machines, with the same application behind it, that the inbound NAT rules go to. */
  readonly natPort: number;
  /** How many ports for inbound NAT rules: at least as many as machines can be, new ones beside old ones included. */
  readonly natPorts: number;
  /** Answers 200, and nothing but 200 will do, when a machine takes requests. */
  readonly readyPath: string;
}

/** A zone-redundant Standard load balancer, public or internal: packets from port 80 go to the machines as the clients sent them. */
export class LoadBalancer extends pulumi.ComponentResource implements Ingress {
  readonly url: pulumi.Output<string>;
  readonly ipAddress: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;
  readonly pools: Pools;

  constructor(name: string, args: LoadBalancerArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:LoadBalancer", name, {}, options);
    const resourceGroupName = args.group.name;
    const frontend = args.internal
      ? internalFrontend(args.internal)
      : publicFrontend(publicAddress(name, { resourceGroupName }, this));
    const subResource = subResourcesOf(args.group, "loadBalancers", name);
    const frontendIPConfiguration = subResource("frontendIPConfigurations", frontend.configuration.name);
    const backendAddressPool = subResource("backendAddressPools", "machines");
    const balancer = new network.LoadBalancer(
      name,
      {
        loadBalancerName: name,
        resourceGroupName,
        sku: { name: "Standard", tier: "Regional" },
        frontendIPConfigurations: [frontend.configuration],
        backendAddressPools: [{ name: "machines" }],
        probes: [
          {
            name: "ready",
            protocol: "Http",
            port: args.port,
            requestPath: args.readyPath,
            intervalInSeconds: healthCheck.intervalSeconds,
            probeThreshold: healthCheck.threshold,
          },
        ],
        loadBalancingRules: [
          {
            name: "http",
            frontendIPConfiguration,
            frontendPort: 80,
            backendAddressPool,
            backendPort: args.port,
            protocol: "Tcp",
            probe: subResource("probes", "ready"),
            // The way out is the NAT gateway's; and a client is told of a connection that is given up.
            disableOutboundSnat: true,
            enableTcpReset: true,
          },
        ],
        inboundNatRules: [
          {
            name: "machines",
            frontendIPConfiguration,
            frontendPortRangeStart: firstNatPort,
            frontendPortRangeEnd: firstNatPort + args.natPorts - 1,
            backendAddressPool,
            // Not the port of the rule above: Azure refuses two rules to one port of a network interface, and a security group
            // could not tell their packets apart.
            backendPort: args.natPort,
            protocol: "Tcp",
            enableTcpReset: true,
          },
        ],
      },
      { parent: this },
    );
    this.ipAddress = frontend.address;
    this.url = pulumi.interpolate`http://${this.ipAddress}`;
    this.id = balancer.id;
    this.pools = {
      loadBalancer: [pulumi.interpolate`${balancer.id}/backendAddressPools/machines`],
      applicationGateway: [],
    };
    this.registerOutputs({ url: this.url, ipAddress: this.ipAddress });
  }
}

/** Where clients connect to, and the address that they use. */
interface Frontend {
  readonly configuration: types.FrontendIPConfigurationArgs & { readonly name: string };
  readonly address: pulumi.Output<string>;
}

function publicFrontend({ id, ipAddress }: network.PublicIPAddress): Frontend {
  return {
    configuration: { name: "public", publicIPAddress: { id } },
    address: ipAddress.apply((address = "") => address),
  };
}

function internalFrontend({ subnetId, address }: NonNullable<LoadBalancerArgs["internal"]>): Frontend {
  return {
    configuration: {
      name: "internal",
      subnet: { id: subnetId },
      privateIPAllocationMethod: "Static",
      privateIPAddress: address,
      zones: allZones,
    },
    address: pulumi.output(address),
  };
}
