/** Rules on network security groups. */

import { items, type ResourceRule, type StackRule, type Subject, wrongIf } from "../../policy/rule.ts";
import type { Properties } from "../../recorder/value.ts";
import { LOAD_BALANCER, SECURITY_GROUP } from "../types/tokens.ts";

const aloneRules: ResourceRule = {
  name: "rules-are-inside-their-group",
  reason: "Rules within a security group and rules of their own undo each other at every update.",
  types: ["azure-native:network:SecurityRule"],
  violation: () => "use securityRules of the group",
  passes: [],
  breaks: [{ props: {} }],
};

/** The texts of a property that has one, or of its plural that has several. */
function texts(rule: Properties, one: string, several: string): readonly string[] {
  return [rule[one], rule[several]].flat().flatMap((text) => (text ? [String(text)] : []));
}

const sources = (rule: Properties) => texts(rule, "sourceAddressPrefix", "sourceAddressPrefixes");
const ports = (rule: Properties) => texts(rule, "destinationPortRange", "destinationPortRanges");

function rulesOf(
  { props }: Pick<Subject, "props">,
  direction: string,
  access: string,
): readonly Properties[] {
  return items(props["securityRules"]).filter(
    (rule) => rule["direction"] === direction && rule["access"] === access,
  );
}

/** A group of rules, each from anywhere to anywhere but for what is given. */
function group(...rules: readonly Properties[]) {
  return { securityRules: rules.map((rule, index) => ({ ...anywhere, priority: 100 + index, ...rule })) };
}

const anywhere = {
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefix: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "*",
};
const denyAll = { access: "Deny", protocol: "*", priority: 4096 };

const denial: ResourceRule = {
  name: "groups-deny-what-they-dont-allow",
  reason: "Azure's own rule 65000 lets in the whole virtual network, each machine to every other one.",
  types: [SECURITY_GROUP],
  violation: (subject) =>
    wrongIf(
      !rulesOf(subject, "Inbound", "Deny").some(
        (rule) => rule["protocol"] === "*" && sources(rule).includes("*") && ports(rule).includes("*"),
      ),
      "securityRules must deny everything inbound that no earlier rule allows",
    ),
  passes: [{ props: group({ sourceAddressPrefix: "Internet" }, denyAll) }],
  breaks: [
    { props: {} },
    { props: group({ ...denyAll, protocol: "Tcp" }) },
    { props: group({ ...denyAll, direction: "Outbound" }) },
  ],
};

const priorities: ResourceRule = {
  name: "rules-have-priorities-of-their-own",
  reason:
    "Azure refuses a group in which two rules of one direction have the same priority, once it is made.",
  types: [SECURITY_GROUP],
  violation: ({ props }) => {
    const taken = items(props["securityRules"]).map(({ direction, priority }) => `${direction} ${priority}`);
    return wrongIf(new Set(taken).size !== taken.length, "no two of securityRules may have one priority");
  },
  passes: [{ props: group({}, {}, { direction: "Outbound", priority: 100 }) }],
  breaks: [{ props: group({ priority: 100 }, { priority: 100 }) }],
};

const everybody: ResourceRule = {
  name: "clients-are-the-tag-internet",
  reason: "0.0.0.0/0 and * have the virtual network in them: each machine would reach every other one.",
  types: [SECURITY_GROUP],
  violation: (subject) =>
    wrongIf(
      rulesOf(subject, "Inbound", "Allow").some((rule) =>
        sources(rule).some((source) => ["*", "0.0.0.0/0", "Any"].includes(source)),
      ),
      "what is allowed from everywhere must be allowed from the tag Internet",
    ),
  passes: [{ props: group({ sourceAddressPrefix: "Internet" }, denyAll) }],
  breaks: [{ props: group({}) }, { props: group({ sourceAddressPrefix: "0.0.0.0/0" }) }],
};

const webPorts = ["80", "443"];

const openPorts: ResourceRule = {
  name: "only-web-ports-are-open-to-all",
  reason: "The Internet is admitted on 80 and 443; anything else has no business being open to everyone.",
  types: [SECURITY_GROUP],
  violation: (subject) =>
    wrongIf(
      rulesOf(subject, "Inbound", "Allow")
        .filter((rule) => sources(rule).includes("Internet"))
        .some((rule) => rule["protocol"] !== "Tcp" || !ports(rule).every((port) => webPorts.includes(port))),
      `what is open to the Internet must be TCP ${webPorts.join(" or ")}`,
    ),
  passes: [
    { props: group({ sourceAddressPrefix: "Internet", destinationPortRange: "80" }) },
    { props: group({ sourceAddressPrefix: "10.0.0.0/8", destinationPortRange: "22" }) },
    {
      props: group({ sourceAddressPrefix: "Internet", destinationPortRanges: ["80", "443"], ...onePort("") }),
    },
  ],
  breaks: [
    { props: group({ sourceAddressPrefix: "Internet", ...onePort("22") }) },
    { props: group({ sourceAddressPrefix: "Internet", ...onePort("80-443") }) },
    { props: group({ sourceAddressPrefix: "Internet", ...onePort("80"), protocol: "*" }) },
  ],
};

function onePort(destinationPortRange: string) {
  return { destinationPortRange };
}

const outbound: ResourceRule = {
  name: "outbound-is-declared",
  reason: "A rule for every port to everywhere is the default that a rule of one's own should avoid.",
  types: [SECURITY_GROUP],
  violation: (subject) =>
    wrongIf(
      rulesOf(subject, "Outbound", "Allow").some((rule) => ports(rule).includes("*")),
      "destinationPortRange must name what is needed",
    ),
  passes: [{ props: group({ direction: "Outbound", ...onePort("443") }) }],
  breaks: [{ props: group({ direction: "Outbound" }) }],
};

const passedOn: StackRule = {
  name: "a-balancer-is-not-the-sender",
  reason:
    "A load balancer passes packets on as clients sent them: the tag AzureLoadBalancer is the sender of probes alone.",
  types: [LOAD_BALANCER],
  violations: (subjects) => {
    if (!subjects.some(({ type }) => type === LOAD_BALANCER)) return [];
    return subjects
      .filter(({ type }) => type === SECURITY_GROUP)
      .filter((subject) => {
        const allowed = rulesOf(subject, "Inbound", "Allow");
        return (
          allowed.some((rule) => sources(rule).includes("AzureLoadBalancer")) &&
          allowed.every((rule) => sources(rule).includes("AzureLoadBalancer"))
        );
      })
      .map(({ name }) => `${name}: what admits AzureLoadBalancer alone keeps every client out`);
  },
  passes: [
    [],
    [{ type: SECURITY_GROUP, props: group({ sourceAddressPrefix: "AzureLoadBalancer" }) }],
    [
      { type: LOAD_BALANCER },
      {
        type: SECURITY_GROUP,
        props: group({ sourceAddressPrefix: "Internet" }, { sourceAddressPrefix: "AzureLoadBalancer" }),
      },
    ],
  ],
  breaks: [
    [
      { type: LOAD_BALANCER },
      { type: SECURITY_GROUP, props: group({ sourceAddressPrefix: "AzureLoadBalancer" }, denyAll) },
    ],
  ],
};

export const accessRules = [aloneRules, denial, priorities, everybody, openPorts, outbound, passedOn];
