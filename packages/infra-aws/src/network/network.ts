/** The network: a VPC with public subnets for the load balancer and private ones for the instances. */
import * as ec2 from "@pulumi/aws/ec2/index.js";
import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones.js";
import * as pulumi from "@pulumi/pulumi";
import { privateCidr, publicCidr, publicIpv6Cidr } from "./addresses.ts";
import { InterfaceEndpoints, s3Endpoint } from "./endpoints.ts";
import { FlowLogs } from "./flow-logs.ts";
import { type Destination, internetOnly, type Placement } from "./placement.ts";

/** What a network is made from. */
export interface NetworkArgs {
  readonly region: string;
  /** The IPv4 range, /16 to /23. */
  readonly vpcCidr: string;
  /** In how many availability zones, 2 to 6. */
  readonly zones: number;
  /**
   * How private subnets reach out: through one NAT gateway, through one in each zone, or not at all. With `none`,
   * endpoints lead to the AWS services that a host needs, and to nothing else.
   */
  readonly nat: "none" | "single" | "perZone";
  /** Which traffic to write down. */
  readonly flowLogs: "none" | "rejected" | "all";
  readonly logRetentionDays: number;
}

/**
 * Public subnets are dual-stack, as a dual-stack load balancer needs. Private ones have IPv4 only, so that nothing
 * but NAT or an endpoint leads out of them.
 *
 * @example
 * new Network("sorted", { region: "eu-central-1", vpcCidr: "10.0.0.0/16", zones: 2, nat: "single", flowLogs: "none", logRetentionDays: 30 });
 */
export class Network extends pulumi.ComponentResource implements Placement {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
  readonly publicCidrs: readonly string[];
  readonly wayOut: Readonly<Record<string, Destination>>;
  readonly ready: readonly pulumi.Resource[];

  readonly #name: string;
  readonly #args: NetworkArgs;

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:Network", name, {}, options);
    this.#name = name;
    this.#args = args;

    const zones = Array.from({ length: args.zones }, (_, zone) => zone);
    const vpc = this.#vpc();
    const gateway = new ec2.InternetGateway(name, { vpcId: vpc.id }, { parent: this });
    const publicSubnets = this.#publicSubnets(vpc, gateway, zones);
    const privateSubnets = this.#privateSubnets(vpc, zones);
    const defaultRoutes = this.#defaultRoutes(privateSubnets, publicSubnets, gateway);
    const s3 = s3Endpoint(
      name,
      { ...args, vpcId: vpc.id, tables: privateSubnets.map(({ table }) => table.id) },
      this,
    );
    if (args.flowLogs !== "none") {
      const { flowLogs, logRetentionDays } = args;
      new FlowLogs(`${name}-flow`, { vpcId: vpc.id, traffic: flowLogs, logRetentionDays }, { parent: this });
    }

    this.vpcId = vpc.id;
    this.publicSubnetIds = publicSubnets.map(({ id }) => id);
    this.privateSubnetIds = privateSubnets.map(({ subnet }) => subnet.id);
    this.publicCidrs = zones.map((zone) => publicCidr(args.vpcCidr, zone));
    if (args.nat === "none") {
      const endpoints = new InterfaceEndpoints(
        `${name}-endpoints`,
        {
          region: args.region,
          vpcId: vpc.id,
          subnetIds: this.privateSubnetIds,
          from: zones.map((zone) => privateCidr(args.vpcCidr, zone)),
        },
        { parent: this },
      );
      this.wayOut = {
        endpoints: { referencedSecurityGroupId: endpoints.securityGroupId },
        s3: { prefixListId: s3.prefixListId },
      };
      this.ready = [s3, ...endpoints.endpoints];
    } else {
      this.wayOut = internetOnly;
      this.ready = [s3, ...defaultRoutes];
    }
    this.registerOutputs({ vpcId: this.vpcId });
  }

  #vpc(): ec2.Vpc {
    const vpc = new ec2.Vpc(
      this.#name,
      {
        cidrBlock: this.#args.vpcCidr,
        enableDnsHostnames: true,
        enableDnsSupport: true,
        assignGeneratedIpv6CidrBlock: true,
      },
      { parent: this },
    );
    // Without rules: whatever is put into the default group by mistake reaches nothing.
    new ec2.DefaultSecurityGroup(`${this.#name}-default`, { vpcId: vpc.id }, { parent: this });
    return vpc;
  }

  #publicSubnets(
    vpc: ec2.Vpc,
    gateway: ec2.InternetGateway,
    zones: readonly number[],
  ): readonly ec2.Subnet[] {
    const name = `${this.#name}-public`;
    const table = new ec2.RouteTable(name, { vpcId: vpc.id }, { parent: this });
    const target = { routeTableId: table.id, gatewayId: gateway.id };
    new ec2.Route(`${name}-ipv4`, { ...target, destinationCidrBlock: "0.0.0.0/0" }, { parent: this });
    new ec2.Route(`${name}-ipv6`, { ...target, destinationIpv6CidrBlock: "::/0" }, { parent: this });
    return zones.map((zone) => {
      const ipv6CidrBlock = vpc.ipv6CidrBlock.apply((block) => publicIpv6Cidr(block, zone));
      const subnet = this.#subnet(`${name}-${zone + 1}`, zone, {
        vpcId: vpc.id,
        cidrBlock: publicCidr(this.#args.vpcCidr, zone),
        ipv6CidrBlock,
        mapPublicIpOnLaunch: false,
      });
      this.#associate(`${name}-${zone + 1}`, subnet, table);
      return subnet;
    });
  }

  #privateSubnets(
    vpc: ec2.Vpc,
    zones: readonly number[],
  ): readonly { subnet: ec2.Subnet; table: ec2.RouteTable }[] {
    return zones.map((zone) => {
      const name = `${this.#name}-private-${zone + 1}`;
      const cidrBlock = privateCidr(this.#args.vpcCidr, zone);
      const subnet = this.#subnet(name, zone, { vpcId: vpc.id, cidrBlock, mapPublicIpOnLaunch: false });
      const table = new ec2.RouteTable(name, { vpcId: vpc.id }, { parent: this });
      this.#associate(name, subnet, table);
      return { subnet, table };
    });
  }

  #subnet(name: string, zone: number, args: ec2.SubnetArgs): ec2.Subnet {
    // AWS may list its zones anew at any time; that must not move a subnet that exists.
    const options = { parent: this, ignoreChanges: ["availabilityZone"] };
    return new ec2.Subnet(name, { ...args, availabilityZone: this.#zoneName(zone) }, options);
  }

  #zoneName(zone: number): pulumi.Output<string> {
    const { region, zones } = this.#args;
    const optIn = { name: "opt-in-status", values: ["opt-in-not-required"] };
    return getAvailabilityZonesOutput({ state: "available", filters: [optIn] }).names.apply((names) => {
      const found = names.toSorted()[zone];
      if (found) return found;
      throw new pulumi.RunError(`zones must be at most ${names.length} in ${region}: ${zones}`);
    });
  }

  #associate(name: string, subnet: ec2.Subnet, table: ec2.RouteTable): void {
    new ec2.RouteTableAssociation(name, { subnetId: subnet.id, routeTableId: table.id }, { parent: this });
  }

  #defaultRoutes(
    privateSubnets: readonly { table: ec2.RouteTable }[],
    publicSubnets: readonly ec2.Subnet[],
    gateway: ec2.InternetGateway,
  ): readonly ec2.Route[] {
    const natSubnets = { none: [], single: publicSubnets.slice(0, 1), perZone: publicSubnets }[
      this.#args.nat
    ];
    const gateways = natSubnets.map((subnet, zone) => {
      const name = `${this.#name}-nat-${zone + 1}`;
      const address = new ec2.Eip(name, { domain: "vpc" }, { parent: this, dependsOn: gateway });
      const args = { allocationId: address.allocationId, subnetId: subnet.id };
      return new ec2.NatGateway(name, args, { parent: this, dependsOn: gateway });
    });
    return privateSubnets.flatMap(({ table }, zone) => {
      const nat = gateways[zone] ?? gateways[0];
      if (!nat) return [];
      const route = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id };
      return [new ec2.Route(`${this.#name}-private-${zone + 1}`, route, { parent: this })];
    });
  }
}
