/** moto as the cloud behind the stand-in provider: every resource is made by calls of AWS's API. */
import { isProperties, type Properties } from "@sorted/infra-check";
import { awsCalls, awsFacts } from "@sorted/infra-check/aws";
import type { Cloud, Existing } from "@sorted/infra-check/engine";
import { balancerBindings } from "./balancer.ts";
import type { Binding } from "./binding.ts";
import type { Clients } from "./clients.ts";
import { fleetBindings } from "./fleet.ts";
import { functionBindings } from "./function.ts";
import { identityBindings } from "./identity.ts";
import { networkBindings } from "./network.ts";
import { observabilityBindings } from "./observability.ts";
import { securityGroupBindings } from "./security-groups.ts";
import { storageBindings } from "./storage.ts";

/** @throws for a type or a data source that has no binding: nothing is taken on trust */
export function motoCloud(clients: Clients): Cloud {
  const bindings: Readonly<Record<string, Binding>> = {
    ...networkBindings(clients.ec2),
    ...securityGroupBindings(clients.ec2),
    ...balancerBindings(clients.elb),
    ...fleetBindings(clients.ec2, clients.autoscaling),
    ...functionBindings(clients.lambda, clients.elb),
    ...identityBindings(clients.iam),
    ...storageBindings(clients.ecr, clients.s3),
    ...observabilityBindings(clients.logs, clients.cloudwatch),
  };
  const bindingOf = (type: string): Binding => {
    const found = bindings[type];
    if (!found) throw new Error(`No calls are bound to ${type}`);
    return found;
  };
  const { typeOf } = awsFacts(import.meta.url);
  return {
    typeOf,
    answer: (token, args) => answer(clients, token, args),
    create: (wanted) => bindingOf(wanted.type).create(wanted),
    read: async (existing: Existing) => existing,
    update: (existing, inputs) => bindingOf(existing.type).update(existing, inputs),
    delete: (existing) => bindingOf(existing.type).delete(existing),
  };
}

async function answer(clients: Clients, token: string, args: Properties): Promise<Properties> {
  if (token === "aws:ssm/getParameter:getParameter") {
    const { Parameter } = await clients.ssm.getParameter({ Name: String(args["name"]) });
    return { ...args, value: Parameter?.Value ?? "", type: "String" };
  }
  if (token === "aws:index/getAvailabilityZones:getAvailabilityZones") {
    const { AvailabilityZones = [] } = await clients.ec2.describeAvailabilityZones({});
    return { names: AvailabilityZones.map(({ ZoneName }) => ZoneName ?? ""), region: "eu-central-1" };
  }
  if (token === "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings") {
    const { InstanceTypeOfferings = [] } = await clients.ec2.describeInstanceTypeOfferings({
      LocationType: "availability-zone",
      Filters: [{ Name: "instance-type", Values: instanceTypesOf(args) }],
    });
    return {
      instanceTypes: InstanceTypeOfferings.map(({ InstanceType }) => InstanceType ?? ""),
      locations: InstanceTypeOfferings.map(({ Location }) => Location ?? ""),
    };
  }
  const known = awsCalls[token];
  if (!known) throw new Error(`No answer for the data source ${token}`);
  return known(args);
}

/** The values of the only filter. */
function instanceTypesOf({ filters }: Properties): string[] {
  const [filter] = (Array.isArray(filters) ? filters : []).filter(isProperties);
  const values = filter?.["values"];
  return Array.isArray(values) ? values.map(String) : [];
}
