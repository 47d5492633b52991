/** Load balancers, which pass packets through, and application gateways, which are proxies. */
import type { Balancer, Forward, HealthCheck, Listener, Protocol } from "../reachability/topology.ts";
import type { RecordedResource } from "../recorder/monitor.ts";
import {
  nested,
  number,
  objects,
  ofType,
  type Records,
  refuseOthers,
  requiredText,
  text,
  UntranslatableError,
} from "../recorder/records.ts";
import type { Properties } from "../recorder/value.ts";
import { type GroupedHost, publicAddressOf } from "./hosts.ts";
import { PROBES } from "./service-tags.ts";
import { subResourceAt, subResourceId } from "./sub-resources.ts";
import * as types from "./types/tokens.ts";

/** All balancers of both kinds. */
export function translateBalancers(records: Records, hosts: readonly GroupedHost[]): readonly Balancer[] {
  return [
    ...ofType(records, types.LOAD_BALANCER).map((balancer) =>
      translateLoadBalancer(records, balancer, hosts),
    ),
    ...ofType(records, types.APPLICATION_GATEWAY).map((gateway) => translateGateway(gateway, hosts)),
  ];
}

function translateLoadBalancer(
  records: Records,
  balancer: RecordedResource,
  hosts: readonly GroupedHost[],
): Balancer {
  // One of the Basic kind is open where there is no security group.
  if (text(balancer, "name", nested(balancer.inputs["sku"])) !== "Standard") {
    throw new UntranslatableError(balancer, "a load balancer of another kind than Standard");
  }
  const fronts = objects(balancer, "frontendIPConfigurations");
  for (const front of fronts) {
    if (isInternal(front)) refuseOthers(balancer, ofInternal, front);
    else publicAddressOf(records, balancer, front);
  }
  for (const pool of objects(balancer, "backendAddressPools")) refuseOthers(balancer, ["name"], pool);
  const listeners = objects(balancer, "loadBalancingRules").map((rule) =>
    translateRule(balancer, rule, hosts),
  );
  const isProbed = objects(balancer, "loadBalancingRules").some((rule) => "probe" in rule);
  return {
    id: balancer.urn,
    name: balancer.name,
    mode: "passThrough",
    hosts: [],
    publicOver: fronts.every(isInternal) ? [] : [4],
    listeners,
    forwards: objects(balancer, "inboundNatRules").map((rule) => translateNatRule(balancer, rule, hosts)),
    ...(isProbed && { prober: PROBES }),
  };
}

const isInternal = (front: Properties) => "subnet" in front;
const ofInternal = ["name", "subnet", "privateIPAddress", "privateIPAllocationMethod", "zones"];

/** A probe that takes longer has failed, however rarely probes are sent. */
const longestProbeSeconds = 30;

const ofEveryRule = [
  "name",
  "frontendIPConfiguration",
  "backendAddressPool",
  "backendPort",
  "protocol",
  "enableTcpReset",
  "idleTimeoutInMinutes",
];

function translateRule(
  balancer: RecordedResource,
  rule: Properties,
  hosts: readonly GroupedHost[],
): Listener {
  refuseOthers(
    balancer,
    [...ofEveryRule, "frontendPort", "probe", "disableOutboundSnat", "loadDistribution"],
    rule,
  );
  subResourceAt(balancer, rule, "frontendIPConfiguration", "frontendIPConfigurations");
  const port = number(balancer, "backendPort", rule);
  const probe = "probe" in rule ? subResourceAt(balancer, rule, "probe", "probes") : undefined;
  if (probe && probe["port"] !== port) {
    throw new UntranslatableError(balancer, `a probe of another port than ${port}, where requests go to`);
  }
  return {
    protocol: protocolOf(balancer, rule),
    port: number(balancer, "frontendPort", rule),
    backend: {
      port,
      hosts: hostsOf(balancer, rule, hosts),
      healthCheck: probe && healthCheckOf(balancer, probe),
    },
  };
}

/** @see https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview */
function healthCheckOf(balancer: RecordedResource, probe: Properties): HealthCheck {
  const intervalSeconds = number(balancer, "intervalInSeconds", probe);
  const threshold = number(balancer, "probeThreshold", probe);
  return {
    path: requiredText(balancer, "requestPath", probe),
    intervalSeconds,
    timeoutSeconds: Math.min(intervalSeconds, longestProbeSeconds),
    unhealthyAfter: threshold,
    healthyAfter: threshold,
  };
}

function translateNatRule(
  balancer: RecordedResource,
  rule: Properties,
  hosts: readonly GroupedHost[],
): Forward {
  refuseOthers(balancer, [...ofEveryRule, "frontendPortRangeStart", "frontendPortRangeEnd"], rule);
  subResourceAt(balancer, rule, "frontendIPConfiguration", "frontendIPConfigurations");
  return {
    protocol: protocolOf(balancer, rule),
    ports: {
      first: number(balancer, "frontendPortRangeStart", rule),
      last: number(balancer, "frontendPortRangeEnd", rule),
    },
    port: number(balancer, "backendPort", rule),
    hosts: hostsOf(balancer, rule, hosts),
  };
}

const protocols: Readonly<Record<string, Protocol>> = { tcp: "tcp", udp: "udp" };

function protocolOf(balancer: RecordedResource, rule: Properties): Protocol {
  const name = requiredText(balancer, "protocol", rule);
  const protocol = protocols[name.toLowerCase()];
  if (!protocol) throw new UntranslatableError(balancer, `a rule for the protocol ${name}`);
  return protocol;
}

/** The hosts in the pool that a rule names. */
function hostsOf(
  balancer: RecordedResource,
  rule: Properties,
  hosts: readonly GroupedHost[],
): readonly string[] {
  const pool = subResourceAt(balancer, rule, "backendAddressPool", "backendAddressPools");
  const id = subResourceId(balancer, "backendAddressPools", requiredText(balancer, "name", pool));
  return hosts.filter(({ pools }) => pools.includes(id)).map((host) => host.id);
}

function translateGateway(gateway: RecordedResource, hosts: readonly GroupedHost[]): Balancer {
  for (const pool of objects(gateway, "backendAddressPools")) refuseOthers(gateway, ["name"], pool);
  return {
    id: gateway.urn,
    name: gateway.name,
    mode: "proxy",
    hosts: hosts.filter(({ owner }) => owner === gateway.urn).map(({ id }) => id),
    publicOver: [4],
    listeners: objects(gateway, "requestRoutingRules").map((rule) => translateRouting(gateway, rule, hosts)),
  };
}

function translateRouting(
  gateway: RecordedResource,
  rule: Properties,
  hosts: readonly GroupedHost[],
): Listener {
  const target = ["redirectConfiguration", "backendAddressPool", "backendHttpSettings"];
  refuseOthers(gateway, ["name", "ruleType", "priority", "httpListener", "rewriteRuleSet", ...target], rule);
  const listener = subResourceAt(gateway, rule, "httpListener", "httpListeners");
  const port = number(gateway, "port", subResourceAt(gateway, listener, "frontendPort", "frontendPorts"));
  if ("redirectConfiguration" in rule) return { protocol: "tcp", port, backend: undefined };
  const settings = subResourceAt(gateway, rule, "backendHttpSettings", "backendHttpSettingsCollection");
  const probe = "probe" in settings ? subResourceAt(gateway, settings, "probe", "probes") : undefined;
  return {
    protocol: "tcp",
    port,
    backend: {
      port: number(gateway, "port", settings),
      hosts: hostsOf(gateway, rule, hosts),
      healthCheck: probe && {
        path: requiredText(gateway, "path", probe),
        intervalSeconds: number(gateway, "interval", probe),
        timeoutSeconds: number(gateway, "timeout", probe),
        unhealthyAfter: number(gateway, "unhealthyThreshold", probe),
        healthyAfter: 1,
      },
    },
  };
}
