/** What AWS computes for a resource beyond its inputs, as far as programs read it. */
import type { ComputedOutputs } from "../recorder/monitor.ts";
import type { Properties } from "../recorder/value.ts";
import { REGION } from "./account/offers.ts";
import { ACCOUNT_ID, VPC_IPV6_PREFIX } from "./calls.ts";

/** The computed outputs by type token; every AWS type also has an `arn`. */
const byType: Readonly<Record<string, (name: string, inputs: Properties) => Properties>> = {
  "aws:ec2/vpc:Vpc": (_, { assignGeneratedIpv6CidrBlock }) =>
    assignGeneratedIpv6CidrBlock === true ? { ipv6CidrBlock: VPC_IPV6_PREFIX } : {},
  "aws:ec2/eip:Eip": (name) => ({ allocationId: `${name}-id`, publicIp: "198.51.100.7" }),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 1 }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": (_, { serviceName, vpcEndpointType }) =>
    vpcEndpointType !== "Interface" ? { prefixListId: `pl-${String(serviceName).split(".").at(-1)}` } : {},
  "aws:ecr/repository:Repository": (name) => ({
    registryId: ACCOUNT_ID,
    repositoryUrl: `${ACCOUNT_ID}.dkr.ecr.${REGION}.amazonaws.com/${name}`,
  }),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (_, { url }) => ({
    arn: `arn:aws:iam::${ACCOUNT_ID}:oidc-provider/${String(url).replace("https://", "")}`,
  }),
  "aws:lambda/function:Function": () => ({ version: "1" }),
  "aws:lambda/functionUrl:FunctionUrl": (name) => ({
    functionUrl: `https://${name}.lambda-url.${REGION}.on.aws/`,
  }),
  "aws:lb/loadBalancer:LoadBalancer": (name) => ({
    arnSuffix: `app/${name}/0123456789abcdef`,
    dnsName: `${name}.${REGION}.elb.amazonaws.com`,
    zoneId: "Z215JYRZR1TBD5",
  }),
  "aws:lb/targetGroup:TargetGroup": (name) => ({ arnSuffix: `targetgroup/${name}/0123456789abcdef` }),
  "aws:acm/certificate:Certificate": (_, { domainName }) => ({
    domainValidationOptions: [
      {
        domainName: String(domainName),
        resourceRecordName: `_0123456789abcdef.${domainName}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: "_0123456789abcdef.acm-validations.aws.",
      },
    ],
  }),
  "aws:route53/record:Record": (_, { name }) => ({ fqdn: String(name) }),
  "aws:s3/bucket:Bucket": (name) => ({ bucket: name, arn: `arn:aws:s3:::${name}` }),
};

/** What a recorded resource of AWS computes: deterministic, recognisable, plainly not real. */
export const awsOutputs: ComputedOutputs = ({ type, name, inputs }) => {
  const [, service, kind] = type.split(/[:/]/);
  const arn = `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${kind}/${name}`;
  return { name, arn, ...pick(inputs), ...byType[type]?.(name, inputs) };
};

/** A name that is given is not made up. */
function pick({ name }: Properties): Properties {
  return name === undefined ? {} : { name };
}
