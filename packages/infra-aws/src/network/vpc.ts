/** The network: a VPC with public subnets for the load balancer and private ones for the instances. */
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";
import { privateCidr, publicCidr } from "./addresses.ts";
import { FlowLogs } from "./flow-logs.ts";
import { type Destination, internetOnly, type Placement } from "./placement.ts";
import { natRoutes, publicTable } from "./route-tables.ts";
import { type PrivateSubnet, privateSubnets, publicSubnets } from "./subnets.ts";
import { InterfaceEndpoints, s3Endpoint } from "./vpc-endpoints.ts";

/** What a network is made from. */
export interface NetworkArgs {
  readonly region: string;
  /** The IPv4 range, /16 to /23. */
  readonly vpcCidr: string;
  /** The names of two to six availability zones to spread over. */
  readonly zones: readonly string[];
  /**
   * How private subnets reach out: through one NAT gateway, through one in each zone, or not at all. With `none`,
   * endpoints lead to the AWS services that a host needs, and to nothing else.
   */
  readonly nat: "none" | "single" | "perZone";
  /** Whether there are private subnets, and a way out of them: without instances nothing needs them. Default: true. */
  readonly privateSubnets?: boolean;
  /** Which traffic to write down. */
  readonly flowLogs: "none" | "rejected" | "all";
  readonly logRetentionDays: number;
}

/**
 * Public subnets are dual-stack, as a dual-stack load balancer needs. Private ones have IPv4 only, so that nothing
 * but NAT or an endpoint leads out of them.
 *
 * @example
 * new Network("sorted", { region: "eu-central-1", vpcCidr: "10.0.0.0/16", zones: ["eu-central-1a", "eu-central-1b"], nat: "single", flowLogs: "none", logRetentionDays: 30 });
 */
export class Network extends pulumi.ComponentResource implements Placement {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
  readonly publicCidrs: readonly string[];
  readonly wayOut: Readonly<Record<string, Destination>>;
  readonly internet: readonly pulumi.Resource[];
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:Network", name, {}, options);
    const { vpcCidr, zones, flowLogs, logRetentionDays } = args;
    const vpc = this.#vpc(name, vpcCidr);
    const vpcId = vpc.id;
    const gateway = new ec2.InternetGateway(name, { vpcId }, { parent: this });

    const place = { vpc, vpcCidr, zones };
    const outside = publicSubnets(
      `${name}-public`,
      place,
      publicTable(`${name}-public`, vpc, gateway, this),
      this,
    );
    const inside = args.privateSubnets === false ? [] : privateSubnets(`${name}-private`, place, this);
    this.privateSubnetIds = inside.map(({ subnet }) => subnet.id);
    this.wayOut = inside.length > 0 ? this.#wayOut(name, args, { vpcId, gateway, outside, inside }) : {};
    if (flowLogs !== "none") {
      new FlowLogs(`${name}-flow`, { vpcId, traffic: flowLogs, logRetentionDays }, { parent: this });
    }

    this.internet = [gateway];
    // A component stands for all that is in it.
    this.ready = [this];
    this.vpcId = vpcId;
    this.publicSubnetIds = outside.map(({ id }) => id);
    this.publicCidrs = outside.map((_, zone) => publicCidr(vpcCidr, zone));
    this.registerOutputs({ vpcId });
  }

  /** Leads out of the private subnets, and says where to. */
  #wayOut(
    name: string,
    { region, vpcCidr, nat }: NetworkArgs,
    place: {
      readonly vpcId: pulumi.Output<string>;
      readonly gateway: ec2.InternetGateway;
      readonly outside: readonly ec2.Subnet[];
      readonly inside: readonly PrivateSubnet[];
    },
  ): Readonly<Record<string, Destination>> {
    const { vpcId, gateway, outside, inside } = place;
    const natSubnets = { none: [], single: outside.slice(0, 1), perZone: outside }[nat];
    natRoutes(name, { gateway, natSubnets, privateSubnets: inside }, this);
    const tables = inside.map(({ table }) => table.id);
    const s3 = s3Endpoint(name, { region, vpcId, tables, onlyWayOut: nat === "none" }, this);
    if (nat !== "none") return internetOnly;
    const subnetIds = inside.map(({ subnet }) => subnet.id);
    const from = subnetIds.map((_, zone) => privateCidr(vpcCidr, zone));
    const services = new InterfaceEndpoints(name, { region, vpcId, subnetIds, from }, { parent: this });
    return {
      services: { referencedSecurityGroupId: services.securityGroupId },
      s3: { prefixListId: s3.prefixListId },
    };
  }

  #vpc(name: string, cidrBlock: string): ec2.Vpc {
    const vpc = new ec2.Vpc(
      name,
      { cidrBlock, enableDnsHostnames: true, enableDnsSupport: true, assignGeneratedIpv6CidrBlock: true },
      { parent: this },
    );
    // Without rules: whatever is put into the default group by mistake reaches nothing.
    new ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id }, { parent: this });
    return vpc;
  }
}
