/** Rules on VPCs and their endpoints. */
import { type ResourceRule, type StackRule, type Subject, wrongIf } from "../../policy/rule.ts";
import {
  DEFAULT_SECURITY_GROUP,
  ELASTIC_IP,
  ENDPOINT,
  INTERNET_GATEWAY,
  LOAD_BALANCER,
  NAT_GATEWAY,
  VPC,
} from "../types/tokens.ts";

const vpcDns: ResourceRule = {
  name: "vpc-resolves-names",
  reason: "DNS host names are off by default in a VPC, and endpoints need them besides DNS support.",
  types: [VPC],
  violation: ({ props }) =>
    wrongIf(
      props["enableDnsHostnames"] !== true || props["enableDnsSupport"] === false,
      "enableDnsHostnames must be true, and enableDnsSupport not false",
    ),
  passes: [
    { props: { enableDnsHostnames: true } },
    { props: { enableDnsHostnames: true, enableDnsSupport: true } },
  ],
  breaks: [{ props: {} }, { props: { enableDnsHostnames: true, enableDnsSupport: false } }],
};

const publicAddresses: ResourceRule = {
  name: "subnet-gives-no-public-address",
  reason: "What needs a public address asks for it; whatever else is put into the subnet should not get one.",
  types: ["aws:ec2/subnet:Subnet"],
  violation: ({ props }) =>
    wrongIf(props["mapPublicIpOnLaunch"] === true, "mapPublicIpOnLaunch must not be true"),
  passes: [{ props: {} }, { props: { mapPublicIpOnLaunch: false } }],
  breaks: [{ props: { mapPublicIpOnLaunch: true } }],
};

const s3Policy: ResourceRule = {
  name: "s3-endpoint-lets-instances-boot",
  reason:
    "A policy of the S3 endpoint that leaves out ECR's layers or Amazon Linux's packages stops every new instance.",
  types: [ENDPOINT],
  violation: ({ props: { serviceName, policy } }) =>
    wrongIf(
      String(serviceName).endsWith(".s3") &&
        policy !== undefined &&
        !(
          JSON.stringify(policy).includes("-starport-layer-bucket") &&
          JSON.stringify(policy).includes("al2023-repos-")
        ),
      "policy must allow prod-<region>-starport-layer-bucket and al2023-repos-<region>-de612dc2",
    ),
  passes: [
    { props: { serviceName: "com.amazonaws.x.s3" } },
    {
      props: {
        serviceName: "com.amazonaws.x.s3",
        policy: "prod-x-starport-layer-bucket al2023-repos-x-de612dc2",
      },
    },
    { props: { serviceName: "com.amazonaws.x.logs", policy: "any" } },
  ],
  breaks: [{ props: { serviceName: "com.amazonaws.x.s3", policy: "prod-x-starport-layer-bucket" } }],
};

const defaultGroup: StackRule = {
  name: "default-security-group-is-closed",
  reason:
    "What is put into no group is put into the VPC's default one, which admits its members and lets all out.",
  types: [VPC],
  violations: (subjects) =>
    subjects.some(isType(VPC)) && !subjects.some(isType(DEFAULT_SECURITY_GROUP))
      ? [`the stack's VPC has no ${DEFAULT_SECURITY_GROUP} that closes its default group`]
      : [],
  passes: [[], [{ type: VPC }, { type: DEFAULT_SECURITY_GROUP }]],
  breaks: [[{ type: VPC }]],
};

const FACING_INTERNET = [LOAD_BALANCER, NAT_GATEWAY, ELASTIC_IP];

const gatewayFirst: StackRule = {
  name: "internet-gateway-comes-first",
  reason:
    "AWS refuses what faces the Internet while the VPC has no internet gateway, and no input refers to the gateway.",
  types: FACING_INTERNET,
  violations: (subjects) =>
    subjects.some(isType(INTERNET_GATEWAY))
      ? subjects
          .filter(({ type, props }) => FACING_INTERNET.includes(type) && props["internal"] !== true)
          .filter(({ after }) => !after.includes(INTERNET_GATEWAY))
          .map(({ name, type }) => `${name}: a ${type} must depend on the internet gateway`)
      : [],
  passes: [
    [],
    // In a VPC that exists the gateway is no part of the stack.
    [{ type: LOAD_BALANCER }],
    [{ type: INTERNET_GATEWAY }, { type: LOAD_BALANCER, props: { internal: true } }],
    [
      { type: INTERNET_GATEWAY },
      ...FACING_INTERNET.map((type) => ({ type, after: [VPC, INTERNET_GATEWAY] })),
    ],
  ],
  breaks: FACING_INTERNET.map((type) => [{ type: INTERNET_GATEWAY }, { type, after: [VPC] }]),
};

/** Without these an instance can't pull its image, log, or be reached by Session Manager. */
const needed = ["ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages", "s3"];

const endpoints: StackRule = {
  name: "endpoints-are-complete",
  reason:
    "Without NAT an instance needs every one of its endpoints: one missing, and it never becomes healthy.",
  types: [ENDPOINT],
  violations: (subjects) => {
    if (subjects.some(isType(NAT_GATEWAY))) return [];
    const names = subjects.filter(isType(ENDPOINT)).map(({ props }) => String(props["serviceName"]));
    if (names.length === 0) return [];
    const missing = needed.filter((service) => !names.some((name) => name.endsWith(`.${service}`)));
    return missing.map((service) => `there is no NAT gateway, and no endpoint of ${service}`);
  },
  passes: [[], [{ type: NAT_GATEWAY }, endpoint("s3")], needed.map((service) => endpoint(service))],
  breaks: [[endpoint("s3")], needed.slice(1).map((service) => endpoint(service))],
};

function endpoint(service: string) {
  return { type: ENDPOINT, props: { serviceName: `com.amazonaws.eu-central-1.${service}` } };
}

function isType(type: string): (subject: Subject) => boolean {
  return (subject) => subject.type === type;
}

export const networkRules = [vpcDns, publicAddresses, s3Policy, defaultGroup, gatewayFirst, endpoints];
