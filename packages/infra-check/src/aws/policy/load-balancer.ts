/** Rules on load balancers, their listeners and target groups, and the firewall in front. */
import { isAutoNamed } from "../../policy/auto-naming.ts";
import { items, part, type ResourceRule, type StackRule, wrongIf } from "../../policy/rule.ts";
import { LISTENER, LOAD_BALANCER, TARGET_GROUP } from "../types/tokens.ts";

/** Below the keep-alive of the application behind (Fastify's default is 72 s). */
const longestIdleSeconds = 65;

const twoSubnets: ResourceRule = {
  name: "balancer-stands-in-two-zones",
  reason: "An application load balancer needs subnets in two zones; AWS refuses one only when it is made.",
  types: [LOAD_BALANCER],
  violation: ({ props: { subnets, subnetMappings } }) =>
    wrongIf(
      ![subnets, subnetMappings].some((list) => Array.isArray(list) && list.length >= 2),
      "subnets must name two or more",
    ),
  passes: [
    { props: { subnets: ["a", "b"] } },
    { props: { subnetMappings: [{ subnetId: "a" }, { subnetId: "b" }] } },
  ],
  breaks: [{ props: { subnets: ["a"] } }, { props: {} }],
};

const invalidHeaders: ResourceRule = {
  name: "balancer-drops-invalid-headers",
  reason: "By default headers with invalid names are passed on, with which requests can be smuggled.",
  types: [LOAD_BALANCER],
  violation: ({ props }) =>
    wrongIf(props["dropInvalidHeaderFields"] !== true, "dropInvalidHeaderFields must be true"),
  passes: [{ props: { dropInvalidHeaderFields: true } }],
  breaks: [{ props: {} }],
};

const idleTimeout: ResourceRule = {
  name: "balancer-hangs-up-first",
  reason: "If the application closes idle connections before the load balancer does, clients see 502.",
  types: [LOAD_BALANCER],
  violation: ({ props: { idleTimeout: seconds } }) =>
    wrongIf(
      typeof seconds !== "number" || seconds > longestIdleSeconds,
      `idleTimeout must be set, to ${longestIdleSeconds} seconds or less`,
    ),
  passes: [{ props: { idleTimeout: 60 } }],
  breaks: [{ props: {} }, { props: { idleTimeout: 120 } }],
};

const accessLogs: ResourceRule = {
  name: "access-logs-are-on",
  reason: "A bucket alone writes no log: accessLogs.enabled is false by default.",
  types: [LOAD_BALANCER],
  violation: ({ props }) =>
    wrongIf(
      props["accessLogs"] !== undefined && part(props["accessLogs"])["enabled"] !== true,
      "accessLogs.enabled must be true where accessLogs is given",
    ),
  passes: [{ props: {} }, { props: { accessLogs: { bucket: "logs", enabled: true } } }],
  breaks: [{ props: { accessLogs: { bucket: "logs" } } }],
};

const names: ResourceRule = {
  name: "names-leave-room-for-replacement",
  reason:
    "A fixed name of a target group is in use while it is replaced; names have 32 characters at most, prefixes 6.",
  types: [TARGET_GROUP, LOAD_BALANCER],
  violation: ({ type, name: logicalName, props: { name, namePrefix } }) =>
    wrongIf(
      type === TARGET_GROUP && name !== undefined && !isAutoNamed(String(name), logicalName),
      "leave name to Pulumi",
    ) ??
    wrongIf(String(name ?? "").length > 32, "name must have 32 characters or fewer") ??
    wrongIf(String(namePrefix ?? "").length > 6, "namePrefix must have 6 characters or fewer"),
  passes: [
    { props: {} },
    { name: "sorted", props: { name: "sorted-0a1b2c3" } },
    { props: { namePrefix: "sorted" } },
    { type: LOAD_BALANCER, props: { name: "sorted" } },
  ],
  breaks: [
    { name: "sorted", props: { name: "sorted" } },
    { props: { namePrefix: "sorted-" } },
    { type: LOAD_BALANCER, props: { name: "n".repeat(33) } },
  ],
};

const tlsPolicy: ResourceRule = {
  name: "https-is-modern",
  reason:
    "The default policy (ELBSecurityPolicy-2016-08) allows TLS 1.0; a listener of HTTPS needs a certificate.",
  types: [LISTENER],
  violation: ({ props: { protocol, sslPolicy, certificateArn } }) =>
    protocol === "HTTPS"
      ? (wrongIf(
          !/^ELBSecurityPolicy-TLS13-1-[23]/.test(String(sslPolicy)),
          "sslPolicy must start at TLS 1.2",
        ) ?? wrongIf(certificateArn === undefined, "certificateArn must be set"))
      : undefined,
  passes: [
    { props: { protocol: "HTTP" } },
    {
      props: {
        protocol: "HTTPS",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        certificateArn: "arn",
      },
    },
  ],
  breaks: [
    { props: { protocol: "HTTPS", certificateArn: "arn" } },
    { props: { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06", certificateArn: "arn" } },
    { props: { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" } },
  ],
};

const targetType: ResourceRule = {
  name: "targets-are-instances",
  reason: "An Auto Scaling group can't attach to a target group of type ip.",
  types: [TARGET_GROUP],
  violation: ({ props }) => wrongIf(props["targetType"] === "ip", "targetType must be instance, or lambda"),
  passes: [{ props: { targetType: "instance" } }, { props: {} }],
  breaks: [{ props: { targetType: "ip" } }],
};

/** The spelling of the documentation, `roundRobin`, is refused. */
const algorithms = ["round_robin", "least_outstanding_requests", "weighted_random"];

const algorithm: ResourceRule = {
  name: "algorithm-exists",
  reason: "AWS refuses other spellings, and slow start together with least_outstanding_requests.",
  types: [TARGET_GROUP],
  violation: ({ props: { loadBalancingAlgorithmType: type = "round_robin", slowStart = 0 } }) =>
    wrongIf(
      !algorithms.includes(String(type)),
      `loadBalancingAlgorithmType must be one of ${algorithms.join(", ")}`,
    ) ?? wrongIf(Number(slowStart) > 0 && type !== "round_robin", "slowStart goes with round_robin only"),
  passes: [
    { props: {} },
    { props: { loadBalancingAlgorithmType: "least_outstanding_requests" } },
    { props: { loadBalancingAlgorithmType: "round_robin", slowStart: 30 } },
  ],
  breaks: [
    { props: { loadBalancingAlgorithmType: "leastOutstandingRequests" } },
    { props: { loadBalancingAlgorithmType: "least_outstanding_requests", slowStart: 30 } },
  ],
};

const health: ResourceRule = {
  name: "health-has-its-own-route",
  reason: "The default check of / costs a request of the application, and says nothing of its being ready.",
  types: [TARGET_GROUP],
  violation: ({ props }) => {
    const { path = "/", enabled } = part(props["healthCheck"]);
    return wrongIf(path === "/" && enabled !== false, "healthCheck.path must be a route for checks, not /");
  },
  passes: [{ props: { healthCheck: { path: "/readyz" } } }, { props: { healthCheck: { enabled: false } } }],
  breaks: [{ props: {} }, { props: { healthCheck: { path: "/" } } }],
};

const deregistration: ResourceRule = {
  name: "deregistration-is-in-step",
  reason:
    "By default a target that leaves is kept for 300 seconds, whatever grace the application gives its requests.",
  types: [TARGET_GROUP],
  violation: ({ props }) =>
    wrongIf(
      props["deregistrationDelay"] === undefined && props["targetType"] !== "lambda",
      "deregistrationDelay must be set, in step with the application's grace",
    ),
  passes: [{ props: { deregistrationDelay: 50 } }, { props: { targetType: "lambda" } }],
  breaks: [{ props: {} }],
};

const redirect: StackRule = {
  name: "http-leads-to-https",
  reason: "Where there is HTTPS, an answer on plain HTTP would go unencrypted unnoticed.",
  types: [LISTENER],
  violations: (subjects) => {
    const listeners = subjects.filter(({ type }) => type === LISTENER);
    if (!listeners.some(({ props }) => props["protocol"] === "HTTPS")) return [];
    return listeners
      .filter(({ props }) => props["protocol"] === "HTTP")
      .filter(({ props }) => items(props["defaultActions"]).some(({ type }) => type !== "redirect"))
      .map(({ name }) => `${name}: must redirect, as there is HTTPS`);
  },
  passes: [[listener("HTTP", "forward")], [listener("HTTP", "redirect"), listener("HTTPS", "forward")]],
  breaks: [[listener("HTTP", "forward"), listener("HTTPS", "forward")]],
};

function listener(protocol: string, action: string) {
  return { type: LISTENER, props: { protocol, defaultActions: [{ type: action }] } };
}

const COMMON_RULES = "AWSManagedRulesCommonRuleSet";

const countedRules = ["SizeRestrictions_BODY", "NoUserAgent_HEADER"];

const firewall: ResourceRule = {
  name: "firewall-admits-long-lists-and-programs",
  reason:
    "The common rule set blocks bodies over 8 KB, which is what this API is for, and clients without a User-Agent, which many programs are: these rules must only count.",
  types: ["aws:wafv2/webAcl:WebAcl"],
  violation: ({ props }) => {
    const groups = items(props["rules"]).map(({ statement }) =>
      part(part(statement)["managedRuleGroupStatement"]),
    );
    const common = groups.filter(({ name }) => name === COMMON_RULES);
    const counts = common.every(({ ruleActionOverrides }) =>
      countedRules.every((rule) =>
        items(ruleActionOverrides).some(
          ({ name, actionToUse }) => name === rule && "count" in part(actionToUse),
        ),
      ),
    );
    return wrongIf(!counts, `${COMMON_RULES} must only count ${countedRules.join(" and ")}`);
  },
  passes: [
    { props: { rules: [] } },
    {
      props: { rules: [commonRules(countedRules.map((name) => ({ name, actionToUse: { count: {} } })))] },
    },
  ],
  breaks: [
    { props: { rules: [commonRules([])] } },
    { props: { rules: [commonRules([{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }])] } },
    {
      props: { rules: [commonRules(countedRules.map((name) => ({ name, actionToUse: { block: {} } })))] },
    },
  ],
};

function commonRules(ruleActionOverrides: readonly { name: string; actionToUse: Record<string, object> }[]) {
  return {
    statement: {
      managedRuleGroupStatement: {
        name: COMMON_RULES,
        ruleActionOverrides: JSON.parse(JSON.stringify(ruleActionOverrides)),
      },
    },
  };
}

export const balancerRules = [
  twoSubnets,
  invalidHeaders,
  idleTimeout,
  accessLogs,
  names,
  tlsPolicy,
  targetType,
  algorithm,
  health,
  deregistration,
  redirect,
  firewall,
];
