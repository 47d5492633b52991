/** Rules on who may do what: security groups and IAM. */

import { items, part, type ResourceRule, wrongIf } from "../../policy/rule.ts";
import { isList, type Value } from "../../recorder/value.ts";
import { EGRESS_RULE, INGRESS_RULE } from "../types/tokens.ts";

const inlineRules: ResourceRule = {
  name: "rules-stand-alone",
  reason: "Rules within a security group and rules of their own undo each other at every update.",
  types: ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  violation: ({ props }) =>
    wrongIf(
      items(props["ingress"]).length > 0 || items(props["egress"]).length > 0,
      "ingress and egress must be resources of their own",
    ),
  passes: [{ props: {} }, { props: { ingress: [], egress: [] } }],
  breaks: [{ props: { ingress: [{ fromPort: 80 }] } }, { props: { egress: [{ fromPort: 0 }] } }],
};

const oldRules: ResourceRule = {
  name: "rules-are-of-the-newer-type",
  reason:
    "The older aws.ec2.SecurityGroupRule takes several ranges at once, and clashes with the rules of their own.",
  types: ["aws:ec2/securityGroupRule:SecurityGroupRule"],
  violation: () => "use aws.vpc.SecurityGroupIngressRule and SecurityGroupEgressRule",
  passes: [],
  breaks: [{ props: {} }],
};

const anywhere = ["0.0.0.0/0", "::/0"];
const webPorts = [80, 443];

const openPorts: ResourceRule = {
  name: "only-web-ports-are-open-to-all",
  reason: "The Internet is admitted on 80 and 443; anything else has no business being open to everyone.",
  types: [INGRESS_RULE],
  violation: ({ props: { cidrIpv4, cidrIpv6, ipProtocol, fromPort, toPort } }) => {
    const toAll = [cidrIpv4, cidrIpv6].some((range) => anywhere.includes(String(range)));
    const web = ipProtocol === "tcp" && fromPort === toPort && webPorts.includes(Number(fromPort));
    return wrongIf(toAll && !web, `what is open to all must be TCP ${webPorts.join(" or ")}`);
  },
  passes: [
    { props: { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 80, toPort: 80 } },
    { props: { referencedSecurityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 22, toPort: 22 } },
  ],
  breaks: [
    { props: { cidrIpv6: "::/0", ipProtocol: "tcp", fromPort: 22, toPort: 22 } },
    { props: { cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" } },
    { props: { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: 80, toPort: 443 } },
  ],
};

const egress: ResourceRule = {
  name: "outbound-is-declared",
  reason: "A rule for every protocol to everywhere is the default that leaving the rules out avoids.",
  types: [EGRESS_RULE],
  violation: ({ props: { ipProtocol } }) =>
    wrongIf(ipProtocol === "-1", "ipProtocol must name what is needed"),
  passes: [{ props: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" } }],
  breaks: [{ props: { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" } }],
};

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

const onePeer: ResourceRule = {
  name: "a-rule-has-one-peer",
  reason: "AWS takes one range, list or group a rule.",
  types: [INGRESS_RULE, EGRESS_RULE],
  violation: ({ props }) =>
    wrongIf(
      peers.filter((name) => props[name] !== undefined && props[name] !== "").length !== 1,
      `exactly one of ${peers.join(", ")} must be set`,
    ),
  passes: [{ props: { cidrIpv4: "10.0.0.0/8" } }, { props: { prefixListId: "pl-1" } }],
  breaks: [{ props: {} }, { props: { cidrIpv4: "10.0.0.0/8", cidrIpv6: "::/0" } }],
};

const actions: ResourceRule = {
  name: "roles-may-do-what-is-named",
  reason: "An action with a star grants what AWS adds to the service later, too.",
  types: ["aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"],
  violation: ({ props }) => {
    const granted = statements(props["policy"])
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action, NotAction }) => [Action, NotAction === undefined ? [] : "*"].flat());
    return wrongIf(
      granted.some((action) => String(action).includes("*")),
      "Action must name every action",
    );
  },
  passes: [
    { props: { policy: {} } },
    { props: { policy: { Statement: [{ Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" }] } } },
    { props: { policy: JSON.stringify({ Statement: { Effect: "Deny", Action: "*", Resource: "*" } }) } },
  ],
  breaks: [
    {
      props: {
        policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["s3:*"], Resource: "*" }] }),
      },
    },
    { props: { policy: { Statement: [{ Effect: "Allow", NotAction: "iam:PassRole", Resource: "*" }] } } },
  ],
};

/** The statements of a policy, given as an object or as JSON. */
export function statements(policy: Value | undefined) {
  const document: Value | undefined = typeof policy === "string" ? JSON.parse(policy) : policy;
  const list = part(document)["Statement"] ?? [];
  return items(isList(list) ? list : [list]);
}

export const accessRules = [inlineRules, oldRules, openPorts, egress, onePeer, actions];
