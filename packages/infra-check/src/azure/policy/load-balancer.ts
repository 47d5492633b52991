/** Rules on load balancers, which pass packets on. */

import { isAutoNamed } from "../../policy/auto-naming.ts";
import { items, part, type ResourceRule, type StackRule, wrongIf } from "../../policy/rule.ts";
import type { Properties } from "../../recorder/value.ts";
import { AUTOSCALE_SETTING, LOAD_BALANCER, SCALE_SET } from "../types/tokens.ts";

const sku: ResourceRule = {
  name: "balancers-are-standard",
  reason: "Basic load balancers are retired; a Standard one admits nothing that a security group doesn't.",
  types: [LOAD_BALANCER],
  violation: ({ props }) => wrongIf(part(props["sku"])["name"] !== "Standard", "sku.name must be Standard"),
  passes: [{ props: { sku: { name: "Standard" } } }],
  breaks: [{ props: {} }, { props: { sku: { name: "Basic" } } }],
};

const ownParts: ResourceRule = {
  name: "a-balancer-refers-to-itself",
  reason:
    "Rules refer to parts of the very balancer that declares them, by its name: so the name must be given.",
  types: [LOAD_BALANCER],
  violation: ({ name, props }) => {
    const { loadBalancerName } = props;
    const referred = [...items(props["loadBalancingRules"]), ...items(props["inboundNatRules"])]
      .flatMap((rule) => [rule["frontendIPConfiguration"], rule["backendAddressPool"], rule["probe"]])
      .flatMap((reference) => /\/loadBalancers\/([^/]+)\//i.exec(String(part(reference)["id"]))?.[1] ?? []);
    return wrongIf(
      loadBalancerName === undefined ||
        isAutoNamed(String(loadBalancerName), name) ||
        referred.some((other) => other !== loadBalancerName),
      "loadBalancerName must be given, and be the one that its rules name",
    );
  },
  passes: [{ props: { loadBalancerName: "sorted", loadBalancingRules: [{ probe: probeOf("sorted") }] } }],
  breaks: [
    { props: {} },
    { name: "sorted", props: { loadBalancerName: "sorted0a1b2c3d" } },
    { props: { loadBalancerName: "sorted", loadBalancingRules: [{ probe: probeOf("other") }] } },
  ],
};

function probeOf(balancer: string) {
  return { id: `/subscriptions/0/providers/Microsoft.Network/loadBalancers/${balancer}/probes/ready` };
}

const snat: ResourceRule = {
  name: "balancing-leaves-the-way-out-alone",
  reason:
    "By default a balancing rule is a way out too, with few ports; and a client isn't told of a connection given up.",
  types: [LOAD_BALANCER],
  violation: ({ props }) => {
    const rules = items(props["loadBalancingRules"]);
    return (
      wrongIf(
        rules.some((rule) => rule["disableOutboundSnat"] !== true),
        "disableOutboundSnat of each of loadBalancingRules must be true",
      ) ??
      wrongIf(
        rules.some((rule) => rule["protocol"] === "Tcp" && rule["enableTcpReset"] !== true),
        "enableTcpReset of each of loadBalancingRules must be true",
      )
    );
  },
  passes: [{ props: {} }, { props: { loadBalancingRules: [balancing({})] } }],
  breaks: [
    { props: { loadBalancingRules: [balancing({ disableOutboundSnat: false })] } },
    { props: { loadBalancingRules: [balancing({}), balancing({ enableTcpReset: false })] } },
  ],
};

function balancing(given: Properties) {
  const probe = { id: "ready" };
  return {
    protocol: "Tcp",
    backendPort: 80,
    disableOutboundSnat: true,
    enableTcpReset: true,
    probe,
    ...given,
  };
}

const probes: ResourceRule = {
  name: "probes-ask-the-application",
  reason:
    "A probe of TCP is content with a port that is open, and a rule without a probe with any machine at all.",
  types: [LOAD_BALANCER],
  violation: ({ props }) =>
    wrongIf(
      items(props["probes"]).some(
        ({ protocol, requestPath }) =>
          !/^https?$/i.test(String(protocol)) || !/^\/./.test(String(requestPath)),
      ),
      "each of probes must ask a route of health over HTTP",
    ) ??
    wrongIf(
      items(props["loadBalancingRules"]).some(({ probe }) => part(probe)["id"] === undefined),
      "each of loadBalancingRules must name a probe",
    ),
  passes: [
    {
      props: {
        probes: [{ protocol: "Http", requestPath: "/readyz" }],
        loadBalancingRules: [balancing({})],
      },
    },
  ],
  breaks: [
    { props: { probes: [{ protocol: "Tcp" }] } },
    { props: { probes: [{ protocol: "Http", requestPath: "/" }] } },
    { props: { probes: [{ protocol: "Http" }] } },
    { props: { loadBalancingRules: [balancing({ probe: {} })] } },
  ],
};

const natPools: ResourceRule = {
  name: "nat-rules-not-pools",
  reason: "Inbound NAT pools end on 2027-09-30, and a Flexible scale set takes none.",
  types: [LOAD_BALANCER],
  violation: ({ props }) =>
    wrongIf(items(props["inboundNatPools"]).length > 0, "use inboundNatRules with a range of ports"),
  passes: [{ props: {} }, { props: { inboundNatRules: [natRule({})] } }],
  breaks: [{ props: { inboundNatPools: [{ backendPort: 8080 }] } }],
};

function natRule(given: Properties) {
  return { backendPort: 8080, frontendPortRangeStart: 50_000, frontendPortRangeEnd: 50_005, ...given };
}

const natPort: ResourceRule = {
  name: "rules-lead-to-ports-of-their-own",
  reason:
    "Azure refuses two rules to one port of a scale set's network interface, and no security group could tell them apart.",
  types: [LOAD_BALANCER],
  violation: ({ props }) => {
    const taken = [...items(props["loadBalancingRules"]), ...items(props["inboundNatRules"])].map(
      ({ backendAddressPool, backendPort, protocol = "Tcp" }) =>
        `${protocol} ${backendPort} of ${part(backendAddressPool)["id"]}`,
    );
    return wrongIf(new Set(taken).size !== taken.length, "no two rules of a pool may have one backendPort");
  },
  passes: [{ props: { loadBalancingRules: [balancing({})], inboundNatRules: [natRule({})] } }],
  breaks: [
    { props: { loadBalancingRules: [balancing({})], inboundNatRules: [natRule({ backendPort: 80 })] } },
  ],
};

const natRange: StackRule = {
  name: "nat-range-covers-the-fleet",
  reason:
    "Each machine takes a port of the range, also a new one of an upgrade, or one beside the machine that it repairs: one too few, and it is not made.",
  types: [LOAD_BALANCER],
  violations: (subjects) => {
    const most = mostMachines(
      subjects.filter(({ type }) => type === AUTOSCALE_SETTING).map(({ props }) => props),
      subjects.filter(({ type }) => type === SCALE_SET).map(({ props }) => props),
    );
    return subjects
      .filter(({ type }) => type === LOAD_BALANCER)
      .flatMap(({ name, props }) =>
        items(props["inboundNatRules"]).map((rule) => ({ name, ports: portsOf(rule) })),
      )
      .filter(({ ports }) => ports < most)
      .map(
        ({ name, ports }) =>
          `${name}: ${ports} ports of an inbound NAT rule are too few for ${most} machines`,
      );
  },
  passes: [
    [],
    [{ type: LOAD_BALANCER, props: { inboundNatRules: [natRule({})] } }, ...fleet("2", 50)],
    [{ type: LOAD_BALANCER }, ...fleet("9", 50)],
  ],
  breaks: [
    [{ type: LOAD_BALANCER, props: { inboundNatRules: [natRule({})] } }, ...fleet("3", 50)],
    [{ type: LOAD_BALANCER, props: { inboundNatRules: [natRule({})] } }, ...fleet("4", 0)],
  ],
};

function fleet(maximum: string, surge: number) {
  const rollingUpgradePolicy = { maxSurge: surge > 0, maxBatchInstancePercent: surge };
  return [
    { type: AUTOSCALE_SETTING, props: { profiles: [{ capacity: { maximum } }] } },
    { type: SCALE_SET, props: { upgradePolicy: { rollingUpgradePolicy } } },
  ];
}

function portsOf({ frontendPortRangeStart: start, frontendPortRangeEnd: end }: Properties): number {
  return Number(end) - Number(start) + 1;
}

/** The most machines that scaling and an upgrade make together, each with one beside it that takes its place. */
function mostMachines(scaling: readonly Properties[], scaleSets: readonly Properties[]): number {
  const maximum = Math.max(
    0,
    ...scaling
      .flatMap(({ profiles }) => items(profiles))
      .map(({ capacity }) => Number(part(capacity)["maximum"])),
  );
  const surge = Math.max(
    0,
    ...scaleSets
      .map(({ upgradePolicy }) => part(part(upgradePolicy)["rollingUpgradePolicy"]))
      .map((policy) => (policy["maxSurge"] === true ? Number(policy["maxBatchInstancePercent"]) : 0)),
  );
  return 2 * (maximum + Math.ceil((maximum * surge) / 100));
}

export const loadBalancerRules = [sku, ownParts, snat, probes, natPools, natPort, natRange];
