/** VPCs, subnets, gateways and routes of recorded resources, in the cloud-neutral model. */

import {
  byId,
  type Gateway,
  type Network,
  type Route,
  type Service,
  type Subnet,
} from "../reachability/topology.ts";
import type { RecordedResource } from "../recorder/monitor.ts";
import {
  idOf,
  list,
  ofType,
  type Records,
  referred,
  refuse,
  requiredText,
  text,
  UntranslatableError,
} from "../recorder/records.ts";
import * as types from "./types/tokens.ts";

/**
 * Ranges for documentation (RFC 5737), in the place of those that AWS publishes for the services of gateway endpoints (its
 * prefix lists).
 */
const servicePrefixes: Readonly<Record<string, string>> = { s3: "192.0.2.0/24", dynamodb: "203.0.113.0/24" };

/** The service that an endpoint is for: `s3` of `com.amazonaws.eu-central-1.s3`. */
export function serviceOf(endpoint: RecordedResource): string {
  const name = requiredText(endpoint, "serviceName");
  return name.split(".").slice(3).join(".");
}

/** The networks. */
export function translateVpcs(records: Records): readonly Network[] {
  return ofType(records, types.VPC).map((vpc) => ({
    id: idOf(vpc),
    name: vpc.name,
    prefixes: [text(vpc, "cidrBlock"), text(vpc, "ipv6CidrBlock", vpc.outputs)].filter(
      (prefix) => prefix !== undefined,
    ),
  }));
}

/** The subnets, each with the routes of its own route table, or of its VPC's main one (local routes alone). */
export function translateSubnets(records: Records, networks: readonly Network[]): readonly Subnet[] {
  for (const table of ofType(records, types.ROUTE_TABLE)) {
    refuse(table, ["routes", "propagatingVgws"], "routes are declared as resources of their own");
  }
  for (const table of ofType(records, types.DEFAULT_ROUTE_TABLE)) {
    refuse(table, ["routes", "propagatingVgws"], "the main route table leads nowhere");
  }
  return ofType(records, types.SUBNET).map((subnet) => {
    const vpc = referred(records, types.VPC, text(subnet, "vpcId"), subnet);
    const local = byId(networks, idOf(vpc)).prefixes.map((prefix) => ({ prefix, to: "local" }));
    return {
      id: idOf(subnet),
      name: subnet.name,
      network: idOf(vpc),
      zone: text(subnet, "availabilityZone"),
      prefixes: [text(subnet, "cidrBlock"), text(subnet, "ipv6CidrBlock")].filter(
        (prefix) => prefix !== undefined,
      ),
      routes: [...local, ...routesOf(records, subnet)],
      filters: [],
    };
  });
}

function routesOf(records: Records, subnet: RecordedResource): readonly Route[] {
  const associations = ofType(records, types.ROUTE_TABLE_ASSOCIATION).filter((association) => {
    refuse(association, ["gatewayId"], "routes of what comes in by a gateway");
    return association.inputs["subnetId"] === subnet.id;
  });
  return associations.flatMap((association) => {
    const table = referred(records, types.ROUTE_TABLE, text(association, "routeTableId"), association);
    const routes = ofType(records, types.ROUTE).filter(({ inputs }) => inputs["routeTableId"] === table.id);
    const endpoints = gatewayEndpoints(records).filter((endpoint) =>
      list(endpoint, "routeTableIds").includes(idOf(table)),
    );
    return [
      ...routes.map((route) => translateRoute(records, route)),
      ...endpoints.map((endpoint) => ({ prefix: prefixOf(endpoint), to: endpoint.urn })),
    ];
  });
}

const targets = {
  gatewayId: types.INTERNET_GATEWAY,
  natGatewayId: types.NAT_GATEWAY,
  egressOnlyGatewayId: types.EGRESS_ONLY_GATEWAY,
} as const;
const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock"];

function translateRoute(records: Records, route: RecordedResource): Route {
  const known = [...Object.keys(targets), ...destinations, "routeTableId"];
  const others = Object.keys(route.inputs).filter((name) => !known.includes(name));
  refuse(route, others, `a route leads from a prefix to one of ${Object.keys(targets).join(", ")}`);
  const prefix = destinations.map((name) => text(route, name)).find((value) => value !== undefined);
  for (const [name, type] of Object.entries(targets)) {
    const id = text(route, name);
    if (prefix && id) return { prefix, to: referred(records, type, id, route).urn };
  }
  throw new UntranslatableError(route, "has no destination or no target");
}

/** What leads out of the networks. */
export function translateGateways(records: Records): readonly Gateway[] {
  // By URN: ids of recorded resources are distinct within one type only.
  const attached =
    (kind: "internet" | "egressOnly" | "service", title: string) => (gateway: RecordedResource) => ({
      id: gateway.urn,
      name: `${title} ${gateway.name}`,
      kind,
      network: idOf(referred(records, types.VPC, text(gateway, "vpcId"), gateway)),
    });
  return [
    ...ofType(records, types.INTERNET_GATEWAY).map(attached("internet", "internet gateway")),
    ...ofType(records, types.EGRESS_ONLY_GATEWAY).map(attached("egressOnly", "egress-only gateway")),
    ...gatewayEndpoints(records).map(attached("service", "gateway endpoint")),
    ...ofType(records, types.NAT_GATEWAY).map((nat) => {
      if (nat.inputs["connectivityType"] === "private")
        throw new UntranslatableError(nat, "a private NAT gateway");
      const subnet = referred(records, types.SUBNET, text(nat, "subnetId"), nat);
      referred(records, types.ELASTIC_IP, text(nat, "allocationId"), nat);
      return {
        id: nat.urn,
        name: `NAT gateway ${nat.name}`,
        kind: "nat" as const,
        network: requiredText(subnet, "vpcId"),
        subnet: idOf(subnet),
      };
    }),
  ];
}

/** The services behind gateway endpoints. */
export function translateServices(records: Records): readonly Service[] {
  const services = new Set(gatewayEndpoints(records).map(serviceOf));
  return Object.entries(servicePrefixes)
    .filter(([service]) => services.has(service))
    .map(([service, prefix]) => ({ id: `pl-${service}`, name: service.toUpperCase(), prefixes: [prefix] }));
}

/** Endpoints of the type that is the default: a route to a service rather than an interface. */
function gatewayEndpoints(records: Records): Records {
  return ofType(records, types.ENDPOINT).filter(
    ({ inputs }) => (inputs["vpcEndpointType"] ?? "Gateway") === "Gateway",
  );
}

function prefixOf(endpoint: RecordedResource): string {
  const prefix = servicePrefixes[serviceOf(endpoint)];
  if (!prefix) throw new UntranslatableError(endpoint, `a gateway endpoint of ${serviceOf(endpoint)}`);
  return prefix;
}
