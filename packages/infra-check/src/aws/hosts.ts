/** The interfaces that recorded resources put into subnets, before their security groups are resolved. */
import { addressIn, versionOf } from "../reachability/address.ts";
import type { Host, IpVersion, Subnet } from "../reachability/topology.ts";
import { byId } from "../reachability/topology.ts";
import type { RecordedResource } from "../recorder/monitor.ts";
import {
  idOf,
  list,
  nested,
  objects,
  ofType,
  type Records,
  referred,
  refuse,
  text,
  UntranslatableError,
} from "../recorder/records.ts";
import { serviceOf } from "./network.ts";
import * as types from "./types/tokens.ts";

/** A host whose filters are still the ids of its security groups; none means the VPC's default group. */
export interface GroupedHost extends Omit<Host, "filters"> {
  readonly groups: readonly string[];
  readonly network: string;
  /** The URN of the balancer, Auto Scaling group or endpoint that it belongs to. */
  readonly owner: string;
}

type Draft = Pick<GroupedHost, "id" | "name" | "role" | "publicOver" | "groups" | "owner"> & {
  readonly versions: readonly IpVersion[];
};

/**
 * All hosts, with made-up but distinct addresses of their subnets.
 *
 * @param instancesPerSubnet of each Auto Scaling group: two, so that neighbours in one subnet are seen too
 */
export function translateHosts(
  records: Records,
  subnets: readonly Subnet[],
  instancesPerSubnet: number,
): readonly GroupedHost[] {
  // AWS keeps the first four addresses of a subnet.
  const used = new Map<string, number>();
  const place = (draft: Draft, subnetId: string): GroupedHost => {
    const { versions, ...host } = draft;
    const subnet = byId(subnets, subnetId);
    const offset = used.get(subnetId) ?? 4;
    used.set(subnetId, offset + 1);
    const addresses = subnet.prefixes
      .filter((prefix) => versions.includes(versionOf(prefix)))
      .map((prefix) => addressIn(prefix, offset));
    return { ...host, subnet: subnetId, network: subnet.network, addresses };
  };
  const subnetOf = (id: unknown, from: RecordedResource): RecordedResource =>
    referred(records, types.SUBNET, typeof id === "string" ? id : null, from);

  const balancers = ofType(records, types.LOAD_BALANCER).flatMap((balancer) =>
    balancerSubnets(balancer).map((id) => {
      const subnet = subnetOf(id, balancer);
      return place(balancerHost(balancer, subnet), idOf(subnet));
    }),
  );
  const instances = ofType(records, types.AUTO_SCALING_GROUP).flatMap((group) => {
    const template = templateOf(records, group);
    return list(group, "vpcZoneIdentifiers").flatMap((id) =>
      Array.from({ length: instancesPerSubnet }, (_, index) => {
        const subnet = subnetOf(id, group);
        return place(instanceHost(group, template, subnet, index + 1), idOf(subnet));
      }),
    );
  });
  const endpoints = ofType(records, types.ENDPOINT)
    .filter(isInterfaceEndpoint)
    .flatMap((endpoint) =>
      list(endpoint, "subnetIds").map((id) => {
        const subnet = subnetOf(id, endpoint);
        return place(endpointHost(endpoint, subnet), idOf(subnet));
      }),
    );
  return [...balancers, ...instances, ...endpoints];
}

function balancerSubnets(balancer: RecordedResource): readonly unknown[] {
  const type = text(balancer, "loadBalancerType") ?? "application";
  if (type !== "application") throw new UntranslatableError(balancer, `a load balancer of type ${type}`);
  refuse(balancer, ["subnetMappings"], "subnets are given as `subnets`");
  return list(balancer, "subnets");
}

function balancerHost(balancer: RecordedResource, subnet: RecordedResource): Draft {
  const versions: readonly IpVersion[] = text(balancer, "ipAddressType") === "dualstack" ? [4, 6] : [4];
  return {
    id: `${balancer.urn} in ${idOf(subnet)}`,
    name: `load balancer in ${subnet.name}`,
    role: "balancer",
    owner: balancer.urn,
    versions,
    publicOver: balancer.inputs["internal"] === true ? [] : versions,
    groups: strings(list(balancer, "securityGroups")),
  };
}

/** The launch template of a group, by whichever of its inputs names it. */
function templateOf(records: Records, group: RecordedResource): RecordedResource {
  refuse(
    group,
    ["launchConfiguration", "availabilityZones", "loadBalancers", "trafficSources"],
    "use a launch template",
  );
  const mixed = nested(nested(group.inputs["mixedInstancesPolicy"])["launchTemplate"]);
  if (objects(group, "overrides", mixed).some((override) => "launchTemplateSpecification" in override)) {
    throw new UntranslatableError(group, "overrides with launch templates of their own");
  }
  const id =
    text(group, "id", nested(group.inputs["launchTemplate"])) ??
    text(group, "launchTemplateId", nested(mixed["launchTemplateSpecification"]));
  return referred(records, types.LAUNCH_TEMPLATE, id, group);
}

function instanceHost(
  group: RecordedResource,
  template: RecordedResource,
  subnet: RecordedResource,
  number: number,
): Draft {
  refuse(template, ["securityGroupNames", "secondaryInterfaces"], "groups are given by id");
  const interfaces = objects(template, "networkInterfaces");
  if (interfaces.length > 1) throw new UntranslatableError(template, "several network interfaces");
  const [networkInterface = {}] = interfaces;
  if ("networkInterfaceId" in networkInterface || "subnetId" in networkInterface) {
    throw new UntranslatableError(template, "an interface or a subnet of its own");
  }
  const isPublic =
    setting(networkInterface["associatePublicIpAddress"]) ?? subnet.inputs["mapPublicIpOnLaunch"] === true;
  const hasIpv6 =
    Number(networkInterface["ipv6AddressCount"] ?? 0) > 0 ||
    subnet.inputs["assignIpv6AddressOnCreation"] === true;
  const asked =
    list(template, "ipv6Addresses", networkInterface).length > 0 ||
    list(template, "ipv6Prefixes", networkInterface).length > 0;
  return {
    id: `${group.urn} ${number} in ${idOf(subnet)}`,
    name: `instance ${number} in ${subnet.name}`,
    role: "instance",
    owner: group.urn,
    versions: hasIpv6 || asked ? [4, 6] : [4],
    // An IPv6 address of AWS is one of the Internet.
    publicOver: [...(isPublic ? [4 as const] : []), ...(hasIpv6 || asked ? [6 as const] : [])],
    groups: strings([
      ...list(template, "vpcSecurityGroupIds"),
      ...list(template, "securityGroups", networkInterface),
    ]),
  };
}

function isInterfaceEndpoint(endpoint: RecordedResource): boolean {
  const type = text(endpoint, "vpcEndpointType") ?? "Gateway";
  if (type !== "Interface" && type !== "Gateway") {
    throw new UntranslatableError(endpoint, `an endpoint of type ${type}`);
  }
  return type === "Interface";
}

function endpointHost(endpoint: RecordedResource, subnet: RecordedResource): Draft {
  return {
    id: `${endpoint.urn} in ${idOf(subnet)}`,
    name: `endpoint ${serviceOf(endpoint)} in ${subnet.name}`,
    role: "endpoint",
    owner: endpoint.urn,
    versions: text(endpoint, "ipAddressType") === "dualstack" ? [4, 6] : [4],
    publicOver: [],
    groups: strings(list(endpoint, "securityGroupIds")),
  };
}

/** Pulumi's type for this input is text, `"true"` or `"false"`. */
function setting(value: unknown): boolean | undefined {
  return value === undefined || value === null || value === "" ? undefined : String(value) === "true";
}

function strings(values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === "string");
}
