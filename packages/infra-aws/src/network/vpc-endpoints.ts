/** Ways to AWS services that don't leave the VPC. */
import { getVpcEndpointService } from "@pulumi/aws/ec2/getVpcEndpointService.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";
import { lookedUp } from "../resources/look-up.ts";
import type { ZoneLimit } from "./availability-zones.ts";

/**
 * What a host needs where there is no NAT: images from ECR, logs, and Session Manager. Its agent needs no `ec2messages`
 * since version 3.3.40, and regions that opened in 2024 or later don't have it.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
 */
const services = ["ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages"] as const;

/**
 * Asks AWS which zones have each of {@link services}: an endpoint can't be put into a subnet of another zone.
 *
 * @throws {pulumi.RunError} that names the setting `nat`, where the region lacks one of them
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
export function endpointZones(region: string): Promise<readonly ZoneLimit[]> {
  return Promise.all(
    services.map(async (service) => {
      const serviceName = `com.amazonaws.${region}.${service}`;
      const { availabilityZones } = await lookedUp(
        `nat can't be none: ${serviceName}`,
        getVpcEndpointService({ serviceName, serviceType: "Interface" }),
      );
      return { zones: new Set(availabilityZones), what: `the endpoint service ${service}` };
    }),
  );
}

/**
 * The gateway to S3, free of charge: image layers and the packages of Amazon Linux come by it.
 */
export function s3Endpoint(
  name: string,
  args: {
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    readonly tables: readonly pulumi.Input<string>[];
    /** Then nothing else may be read through it. */
    readonly onlyWayOut: boolean;
  },
  parent: pulumi.Resource,
): ec2.VpcEndpoint {
  const buckets = [`prod-${args.region}-starport-layer-bucket`, `al2023-repos-${args.region}-de612dc2`];
  const policy = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: buckets.map((bucket) => `arn:aws:s3:::${bucket}/*`),
      },
    ],
  };
  return new ec2.VpcEndpoint(
    `${name}-s3`,
    {
      vpcId: args.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${args.region}.s3`,
      routeTableIds: [...args.tables],
      ...(args.onlyWayOut && { policy: JSON.stringify(policy) }),
    },
    { parent },
  );
}

/** Where the endpoints go, and who may use them. */
export interface InterfaceEndpointsArgs {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** IPv4 ranges that may open connections to them. */
  readonly from: readonly string[];
}

/** Interface endpoints for {@link services}, each in every private subnet, billed by the hour. */
export class InterfaceEndpoints extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: InterfaceEndpointsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:InterfaceEndpoints", name, {}, options);
    const group = new ec2.SecurityGroup(
      `${name}-endpoints`,
      { vpcId: args.vpcId, description: "AWS services by interface endpoint" },
      { parent: this },
    );
    args.from.forEach((cidrIpv4, index) => {
      new SecurityGroupIngressRule(
        `${name}-endpoints-${index + 1}`,
        {
          securityGroupId: group.id,
          description: "HTTPS from the instances",
          cidrIpv4,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
        },
        { parent: this },
      );
    });
    for (const service of services) {
      new ec2.VpcEndpoint(
        `${name}-${service.replace(".", "-")}`,
        {
          vpcId: args.vpcId,
          vpcEndpointType: "Interface",
          serviceName: `com.amazonaws.${args.region}.${service}`,
          subnetIds: [...args.subnetIds],
          securityGroupIds: [group.id],
          privateDnsEnabled: true,
        },
        { parent: this },
      );
    }
    this.securityGroupId = group.id;
    this.registerOutputs({ securityGroupId: group.id });
  }
}
