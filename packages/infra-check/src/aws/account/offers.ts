/** What AWS has to offer in the account of the checks: instance types and services, and the zones that have them. */
import type { CallAnswer } from "../../recorder/monitor.ts";
import { isProperties, type Value } from "../../recorder/value.ts";

export const REGION = "eu-central-1";
export const ZONES = [`${REGION}a`, `${REGION}b`, `${REGION}c`] as const;

/** An instance type, as far as programs ask. */
interface InstanceType {
  readonly architecture: "arm64" | "x86_64";
  readonly memoryMiB: number;
}

/** From https://aws.amazon.com/ec2/instance-types/, by memory. Types that are not here don't exist. */
const instanceTypes: Readonly<Record<string, InstanceType>> = {
  "t4g.nano": { architecture: "arm64", memoryMiB: 512 },
  "t4g.small": { architecture: "arm64", memoryMiB: 2048 },
  "t4g.medium": { architecture: "arm64", memoryMiB: 4096 },
  "c7g.medium": { architecture: "arm64", memoryMiB: 2048 },
  "c7g.large": { architecture: "arm64", memoryMiB: 4096 },
  "m7g.medium": { architecture: "arm64", memoryMiB: 4096 },
  "t3.small": { architecture: "x86_64", memoryMiB: 2048 },
  "g5.xlarge": { architecture: "x86_64", memoryMiB: 16_384 },
};

/** Services with interface endpoints, in every zone. */
const endpointServices = ["ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages"].map(
  (service) => `com.amazonaws.${REGION}.${service}`,
);

export const isInstanceType = (name: string): boolean => name in instanceTypes;
export const isEndpointService = (name: string): boolean => endpointServices.includes(name);

/** The answers to a program that asks for them, by function token. */
export const offerCalls: Readonly<Record<string, CallAnswer>> = {
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": ({ filters, locationType }) => {
    if (locationType !== "availability-zone") throw new Error("Only zones are known");
    const offers = filtered(filters, "instance-type")
      .filter(isInstanceType)
      .flatMap((type) => ZONES.map((zone) => ({ type, zone })));
    return {
      id: REGION,
      instanceTypes: offers.map(({ type }) => type),
      locations: offers.map(({ zone }) => zone),
      region: REGION,
    };
  },
  "aws:ec2/getInstanceType:getInstanceType": ({ instanceType }) => {
    const found = instanceTypes[String(instanceType)];
    if (!found) {
      throw new Error(
        `InvalidInstanceType: The following supplied instance types do not exist: [${instanceType}]`,
      );
    }
    return {
      id: String(instanceType),
      instanceType: String(instanceType),
      supportedArchitectures: [found.architecture],
      memorySize: found.memoryMiB,
    };
  },
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": ({ serviceName }) => {
    const name = String(serviceName);
    if (!isEndpointService(name)) {
      throw new Error("reading EC2 VPC Endpoint Service: couldn't find resource");
    }
    return { id: name, serviceName: name, availabilityZones: [...ZONES], region: REGION };
  },
};

/** The values of a filter by its name. */
export function filtered(filters: Value | undefined, name: string): readonly string[] {
  const found = (Array.isArray(filters) ? filters : [])
    .filter(isProperties)
    .find((each) => each["name"] === name);
  const values = found?.["values"];
  return Array.isArray(values) ? values.map(String) : [];
}
