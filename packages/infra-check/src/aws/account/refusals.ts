/**
 * What AWS refuses, of what its stand-in is asked to make: by what is there already. Each refusal has AWS's own words, as
 * people who met it quote them.
 */
import type { Existing, Wanted } from "../../engine/cloud.ts";
import type { Properties, Value } from "../../recorder/value.ts";
import {
  AUTO_SCALING_GROUP,
  ELASTIC_IP,
  ENDPOINT,
  INTERNET_GATEWAY,
  LAUNCH_TEMPLATE,
  LOAD_BALANCER,
  NAT_GATEWAY,
  SUBNET,
} from "../types/tokens.ts";
import { isEndpointService, isInstanceType, ZONES } from "./offers.ts";

type There = readonly Existing[];

/** By type: what is wrong with one of it, if anything is. */
const refusals: Readonly<Record<string, (inputs: Properties, there: There) => string | undefined>> = {
  [LOAD_BALANCER]: ({ internal, subnets }, there) => {
    if (internal === true) return undefined;
    const vpcs = texts(subnets).flatMap((id) => vpcOf(id, there) ?? []);
    const closed = vpcs.find((vpc) => !hasGateway(vpc, there));
    return closed && `InvalidSubnet: VPC ${closed} has no internet gateway`;
  },
  [NAT_GATEWAY]: ({ subnetId }, there) => {
    const vpc = vpcOf(subnetId, there);
    return vpc === undefined || hasGateway(vpc, there)
      ? undefined
      : `Gateway.NotAttached: Network ${vpc} has no Internet gateway attached`;
  },
  [ELASTIC_IP]: (_, there) =>
    there.some(({ type }) => type === INTERNET_GATEWAY)
      ? undefined
      : "Gateway.NotAttached: There is no Internet gateway",
  [SUBNET]: ({ availabilityZone }) =>
    ZONES.some((zone) => zone === availabilityZone)
      ? undefined
      : `InvalidParameterValue: Value (${availabilityZone}) for parameter availabilityZone is invalid`,
  [ENDPOINT]: ({ serviceName, vpcEndpointType }) =>
    vpcEndpointType !== "Interface" || isEndpointService(String(serviceName))
      ? undefined
      : `InvalidServiceName: The Vpc Endpoint Service '${serviceName}' does not exist`,
  // The provider counts only where a capacity changes: https://github.com/hashicorp/terraform-provider-aws/issues/26230
  [AUTO_SCALING_GROUP]: ({ minSize, waitForCapacityTimeout }, there) => {
    const [before] = there.filter(({ type }) => type === AUTO_SCALING_GROUP);
    if (!before || waitForCapacityTimeout === "0" || before.inputs["minSize"] === minSize) return undefined;
    const running = Number(before.inputs["desiredCapacity"] ?? before.inputs["minSize"]);
    return running === minSize
      ? undefined
      : `Need exactly ${minSize} healthy instances in ASG, have ${running}`;
  },
  // The real one takes the template, and refuses the group that uses it.
  [LAUNCH_TEMPLATE]: ({ instanceType }) =>
    isInstanceType(String(instanceType))
      ? undefined
      : `InvalidInstanceType: The following supplied instance types do not exist: [${instanceType}]`,
};

/** @throws what AWS would say, where it refuses to make or to change a resource so */
export function refuse({ type, inputs }: Pick<Wanted, "type" | "inputs">, there: There): void {
  const wrong = refusals[type]?.(inputs, there);
  if (wrong !== undefined) throw new Error(wrong);
}

function hasGateway(vpc: string, there: There): boolean {
  return there.some(({ type, inputs }) => type === INTERNET_GATEWAY && inputs["vpcId"] === vpc);
}

/** `undefined` for a subnet of a VPC that exists, which is no part of the stack. */
function vpcOf(subnet: Value | undefined, there: There): string | undefined {
  const found = there.find(({ type, id }) => type === SUBNET && id === subnet);
  const vpc = found?.inputs["vpcId"];
  return typeof vpc === "string" ? vpc : undefined;
}

function texts(list: Value | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}
