/** Which types of AWS the translation understands, and which can't open a path between hosts. */
import { ofType, type Records, refuse, UntranslatableError } from "../../recorder/records.ts";
import * as types from "./tokens.ts";

const understood = new Set([
  types.VPC,
  types.SUBNET,
  types.INTERNET_GATEWAY,
  types.EGRESS_ONLY_GATEWAY,
  types.NAT_GATEWAY,
  types.ELASTIC_IP,
  types.ROUTE_TABLE,
  types.DEFAULT_ROUTE_TABLE,
  types.ROUTE,
  types.ROUTE_TABLE_ASSOCIATION,
  types.ENDPOINT,
  types.SECURITY_GROUP,
  types.DEFAULT_SECURITY_GROUP,
  types.INGRESS_RULE,
  types.EGRESS_RULE,
  types.LOAD_BALANCER,
  types.LISTENER,
  types.LISTENER_RULE,
  types.TARGET_GROUP,
  types.LAUNCH_TEMPLATE,
  types.AUTO_SCALING_GROUP,
]);

/** Services, and single types of the network's services, that move no packet between hosts. */
const irrelevant = [
  "aws:acm/",
  "aws:autoscaling/policy:",
  "aws:autoscaling/schedule:",
  "aws:budgets/",
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
  "command:local:",
  "docker-build:",
  "pulumi:providers:",
];

/**
 * Refuses what could open a path unseen: a peering, a transit gateway, a network interface, another service.
 *
 * @throws {UntranslatableError} for the first type that is neither understood nor known to be irrelevant
 */
export function refuseUnknownTypes(records: Records): void {
  // A function in no VPC has no network interface; who may call it ../callers.ts says.
  for (const record of ofType(records, types.FUNCTION)) {
    refuse(record, ["vpcConfig"], "a function in a VPC reaches what is in it");
  }
  const unknown = records.find(
    ({ custom, type }) =>
      custom && !understood.has(type) && !irrelevant.some((beginning) => type.startsWith(beginning)),
  );
  if (unknown)
    throw new UntranslatableError(unknown, "the reachability check doesn't know what paths this opens");
}
