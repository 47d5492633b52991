/** What AWS would answer the data sources of a program: one account, one region, three zones. */
import type { CallAnswer } from "../recorder/monitor.ts";
import type { Value } from "../recorder/value.ts";

export const ACCOUNT_ID = "123456789012";
export const REGION = "eu-central-1";
export const ZONES = [`${REGION}a`, `${REGION}b`, `${REGION}c`] as const;

/** The IPv6 block that Amazon would give to a VPC; the prefix is for documentation (RFC 3849). */
export const VPC_IPV6_PREFIX = "2001:db8:1234:1a00::/56";

const partition = {
  id: "aws",
  partition: "aws",
  dnsSuffix: "amazonaws.com",
  reverseDnsPrefix: "com.amazonaws",
};

const region = {
  id: REGION,
  name: REGION,
  region: REGION,
  description: "Europe (Frankfurt)",
  endpoint: `ec2.${REGION}.amazonaws.com`,
};

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The answers by function token, in the shape of `@pulumi/aws` 7. */
export const awsCalls: Readonly<Record<string, CallAnswer>> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
    id: REGION,
    names: ZONES,
    zoneIds: ZONES.map((_, index) => `euc1-az${index + 1}`),
    groupNames: [REGION],
    region: REGION,
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    id: ACCOUNT_ID,
    accountId: ACCOUNT_ID,
    arn: `arn:aws:iam::${ACCOUNT_ID}:user/deployer`,
    userId: "deployer",
  }),
  "aws:index/getPartition:getPartition": () => partition,
  "aws:index/getRegion:getRegion": () => region,
  "aws:ssm/getParameter:getParameter": ({ name = "" }) => ({
    id: name,
    name,
    arn: `arn:aws:ssm:${REGION}::parameter${text(name)}`,
    type: "String",
    value: text(name).includes("/ami-amazon-linux-latest/")
      ? "ami-0123456789abcdef0"
      : `value of ${text(name)}`,
    version: 1,
    region: REGION,
  }),
  "aws:ec2/getVpc:getVpc": ({ id = "" }) => ({
    id,
    arn: `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:vpc/${text(id)}`,
    cidrBlock: "10.0.0.0/16",
    enableDnsHostnames: true,
    enableDnsSupport: true,
    ipv6CidrBlock: VPC_IPV6_PREFIX,
  }),
  "aws:route53/getZone:getZone": ({ name = "", zoneId = "" }) => ({
    id: text(zoneId) || "Z0123456789EXAMPLE",
    zoneId: text(zoneId) || "Z0123456789EXAMPLE",
    arn: "arn:aws:route53:::hostedzone/Z0123456789EXAMPLE",
    name,
    privateZone: false,
  }),
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": () => ({
    id: REGION,
    userName: "AWS",
    password: "password",
    authorizationToken: "token",
    proxyEndpoint: `https://${ACCOUNT_ID}.dkr.ecr.${REGION}.amazonaws.com`,
    expiresAt: "2026-01-01T12:00:00Z",
    region: REGION,
  }),
};
