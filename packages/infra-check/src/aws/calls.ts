/** What AWS would answer the data sources of a program: one account, one region, three zones. */
import type { CallAnswer } from "../recorder/monitor.ts";
import { existingCalls } from "./account/existing.ts";
import { existingVpcCalls } from "./account/existing-vpc.ts";
import { offerCalls, REGION, ZONES } from "./account/offers.ts";

export const ACCOUNT_ID = "123456789012";

/** The IPv6 block that Amazon would give to a VPC; the prefix is for documentation (RFC 3849). */
export const VPC_IPV6_PREFIX = "2001:db8:1234:1a00::/56";

/** The answers by function token, in the shape of `@pulumi/aws` 7. */
export const awsCalls: Readonly<Record<string, CallAnswer>> = {
  ...offerCalls,
  ...existingCalls,
  ...existingVpcCalls,
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
  // Of all parameters programs ask for the ID of an image of Amazon Linux.
  "aws:ssm/getParameter:getParameter": (inputs) => ({
    ...inputs,
    type: "String",
    value: "ami-0123456789abcdef0",
    version: 1,
    region: REGION,
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
