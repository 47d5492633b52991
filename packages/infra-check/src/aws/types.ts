/** Which types of AWS the translation understands, and which can't open a path between hosts. */
import { ofType, type Records, refuse, UntranslatableError } from "../recorder/records.ts";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
export const EGRESS_ONLY_GATEWAY = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway";
export const NAT_GATEWAY = "aws:ec2/natGateway:NatGateway";
export const ELASTIC_IP = "aws:ec2/eip:Eip";
export const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
export const DEFAULT_ROUTE_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
export const ROUTE = "aws:ec2/route:Route";
export const ROUTE_TABLE_ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
export const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const DEFAULT_SECURITY_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const LISTENER = "aws:lb/listener:Listener";
export const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
export const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const AUTO_SCALING_GROUP = "aws:autoscaling/group:Group";

const understood = new Set([
  VPC,
  SUBNET,
  INTERNET_GATEWAY,
  EGRESS_ONLY_GATEWAY,
  NAT_GATEWAY,
  ELASTIC_IP,
  ROUTE_TABLE,
  DEFAULT_ROUTE_TABLE,
  ROUTE,
  ROUTE_TABLE_ASSOCIATION,
  ENDPOINT,
  SECURITY_GROUP,
  DEFAULT_SECURITY_GROUP,
  INGRESS_RULE,
  EGRESS_RULE,
  LOAD_BALANCER,
  LISTENER,
  LISTENER_RULE,
  TARGET_GROUP,
  LAUNCH_TEMPLATE,
  AUTO_SCALING_GROUP,
]);

/** A function in no VPC has no interface; who may call it ../serverless/aws.ts says. */
const FUNCTION = "aws:lambda/function:Function";

/** Services, and single types of the network's services, that move no packet between hosts. */
const irrelevant = [
  "aws:acm/",
  "aws:autoscaling/policy:",
  "aws:autoscaling/schedule:",
  "aws:cloudwatch/",
  "aws:ec2/flowLog:",
  "aws:ecr/",
  "aws:iam/",
  "aws:kms/",
  "aws:lambda/",
  "aws:lb/listenerCertificate:",
  "aws:lb/targetGroupAttachment:",
  "aws:route53/",
  "aws:s3/",
  "aws:sns/",
  "aws:ssm/",
  "aws:wafv2/",
  "docker-build:",
  "pulumi:providers:",
];

/**
 * Refuses what could open a path unseen: a peering, a transit gateway, a network interface, another service.
 *
 * @throws {UntranslatableError} for the first type that is neither understood nor known to be irrelevant
 */
export function refuseUnknownTypes(records: Records): void {
  for (const record of ofType(records, FUNCTION)) {
    refuse(record, ["vpcConfig"], "a function in a VPC reaches what is in it");
  }
  const unknown = records.find(
    ({ custom, type }) =>
      custom && !understood.has(type) && !irrelevant.some((beginning) => type.startsWith(beginning)),
  );
  if (unknown)
    throw new UntranslatableError(unknown, "the reachability check doesn't know what paths this opens");
}
