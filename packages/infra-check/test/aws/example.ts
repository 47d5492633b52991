/** A small network on AWS, as records; tests change it one by one. */

import { ZONES } from "../../src/aws/account/offers.ts";
import { VPC_IPV6_PREFIX } from "../../src/aws/calls.ts";
import { declared } from "../../src/aws/cloud.ts";
import * as types from "../../src/aws/types/tokens.ts";
import type { RecordedResource } from "../../src/recorder/monitor.ts";
import type { Properties } from "../../src/recorder/value.ts";

const vpcId = "vpc-id";

function subnet(name: string, availabilityZone: string, inputs: Properties): readonly RecordedResource[] {
  const table = name.startsWith("public") ? "public" : "private";
  return [
    declared(types.SUBNET, name, {
      vpcId,
      availabilityZone,
      mapPublicIpOnLaunch: false,
      ...inputs,
    }),
    declared(types.ROUTE_TABLE_ASSOCIATION, name, { subnetId: `${name}-id`, routeTableId: `${table}-id` }),
  ];
}

function ipv6(zone: number): string {
  return VPC_IPV6_PREFIX.replace("1a00::/56", `1a0${zone}::/64`);
}

const http = { ipProtocol: "tcp", fromPort: 80, toPort: 80 };

export const arnOf = (record: RecordedResource): string => String(record.outputs["arn"]);

const balancer = declared(types.LOAD_BALANCER, "balancer", {
  loadBalancerType: "application",
  ipAddressType: "dualstack",
  internal: false,
  subnets: ["public-1-id", "public-2-id"],
  securityGroups: ["balancer-id"],
});
const targets = declared(types.TARGET_GROUP, "targets", {
  targetType: "instance",
  port: 80,
  protocol: "HTTP",
  healthCheck: { path: "/readyz", interval: 5, timeout: 4, unhealthyThreshold: 2, healthyThreshold: 3 },
});

/** A VPC with two zones, one NAT gateway and an endpoint of S3; a load balancer, and a group of instances behind it. */
export const exampleRecords: readonly RecordedResource[] = [
  declared(types.VPC, "vpc", { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true }),
  declared(types.DEFAULT_SECURITY_GROUP, "default", { vpcId }),
  declared(types.INTERNET_GATEWAY, "gateway", { vpcId }),
  declared(types.ROUTE_TABLE, "public", { vpcId }),
  declared(types.ROUTE, "public-ipv4", {
    routeTableId: "public-id",
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: "gateway-id",
  }),
  declared(types.ROUTE, "public-ipv6", {
    routeTableId: "public-id",
    destinationIpv6CidrBlock: "::/0",
    gatewayId: "gateway-id",
  }),
  declared(types.ROUTE_TABLE, "private", { vpcId }),
  declared(types.ROUTE, "private", {
    routeTableId: "private-id",
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId: "nat-id",
  }),
  ...subnet("public-1", ZONES[0], { cidrBlock: "10.0.128.0/20", ipv6CidrBlock: ipv6(0) }),
  ...subnet("public-2", ZONES[1], { cidrBlock: "10.0.144.0/20", ipv6CidrBlock: ipv6(1) }),
  ...subnet("private-1", ZONES[0], { cidrBlock: "10.0.0.0/20" }),
  ...subnet("private-2", ZONES[1], { cidrBlock: "10.0.16.0/20" }),
  declared(types.ELASTIC_IP, "nat", { domain: "vpc" }),
  declared(types.NAT_GATEWAY, "nat", { subnetId: "public-1-id", allocationId: "nat-id" }),
  declared(types.ENDPOINT, "s3", {
    vpcId,
    vpcEndpointType: "Gateway",
    serviceName: "com.amazonaws.eu-central-1.s3",
    routeTableIds: ["private-id"],
  }),
  declared(types.SECURITY_GROUP, "balancer", { vpcId }),
  declared(types.INGRESS_RULE, "clients-ipv4", {
    securityGroupId: "balancer-id",
    cidrIpv4: "0.0.0.0/0",
    ...http,
  }),
  declared(types.INGRESS_RULE, "clients-ipv6", { securityGroupId: "balancer-id", cidrIpv6: "::/0", ...http }),
  declared(types.EGRESS_RULE, "to-instances", {
    securityGroupId: "balancer-id",
    referencedSecurityGroupId: "instances-id",
    ...http,
  }),
  declared(types.SECURITY_GROUP, "instances", { vpcId }),
  declared(types.INGRESS_RULE, "from-balancer", {
    securityGroupId: "instances-id",
    referencedSecurityGroupId: "balancer-id",
    ...http,
  }),
  declared(types.EGRESS_RULE, "https", {
    securityGroupId: "instances-id",
    cidrIpv4: "0.0.0.0/0",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
  }),
  balancer,
  targets,
  declared(types.LISTENER, "http", {
    loadBalancerArn: arnOf(balancer),
    port: 80,
    defaultActions: [{ type: "forward", targetGroupArn: arnOf(targets) }],
  }),
  declared(types.LAUNCH_TEMPLATE, "template", {
    networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: ["instances-id"] }],
  }),
  declared(types.AUTO_SCALING_GROUP, "instances", {
    launchTemplate: { id: "template-id" },
    vpcZoneIdentifiers: ["private-1-id", "private-2-id"],
    targetGroupArns: [arnOf(targets)],
  }),
  declared("aws:cloudwatch/logGroup:LogGroup", "logs", {}),
];
