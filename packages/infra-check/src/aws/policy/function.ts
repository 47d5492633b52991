/** Rules on functions: what calls them, what they log, what they are made from. */
import { part, type ResourceRule, type StackRule, wrongIf } from "../../policy/rule.ts";
import { FUNCTION, FUNCTION_PERMISSION, TARGET_GROUP, TARGET_GROUP_ATTACHMENT } from "../types/tokens.ts";

const source: ResourceRule = {
  name: "permission-names-its-source",
  reason: "A service that may call a function without a source may do so on behalf of every other account.",
  types: [FUNCTION_PERMISSION],
  violation: ({ props: { principal, sourceArn, sourceAccount } }) =>
    wrongIf(
      String(principal).endsWith(".amazonaws.com") && !sourceArn && !sourceAccount,
      "sourceArn or sourceAccount must be set",
    ),
  passes: [
    { props: { principal: "elasticloadbalancing.amazonaws.com", sourceArn: "arn" } },
    { props: { principal: "123456789012" } },
  ],
  breaks: [{ props: { principal: "elasticloadbalancing.amazonaws.com" } }],
};

const permission: StackRule = {
  name: "permission-comes-before-target",
  reason: "AWS refuses a function as a target while the target group may not call it.",
  types: [TARGET_GROUP_ATTACHMENT],
  violations: (subjects) =>
    subjects
      .filter(({ type }) => type === TARGET_GROUP_ATTACHMENT)
      .filter(({ props }) => String(props["targetId"]).includes(":lambda:"))
      .filter(({ after }) => !after.includes(FUNCTION_PERMISSION))
      .map(({ name }) => `${name}: must depend on the permission to call the function`),
  passes: [
    [attachment("arn:aws:lambda:::function:sort", [FUNCTION_PERMISSION])],
    [attachment("i-0123456789abcdef0")],
  ],
  breaks: [[attachment("arn:aws:lambda:::function:sort")]],
};

function attachment(targetId: string, after: readonly string[] = []) {
  return { type: TARGET_GROUP_ATTACHMENT, props: { targetId }, after };
}

const one: StackRule = {
  name: "target-group-has-one-function",
  reason: "A target group takes one function only, and AWS refuses the second when it is attached.",
  types: [TARGET_GROUP_ATTACHMENT],
  violations: (subjects) => {
    const groups = subjects
      .filter(
        ({ type, props }) =>
          type === TARGET_GROUP_ATTACHMENT && String(props["targetId"]).includes(":lambda:"),
      )
      .map(({ props }) => String(props["targetGroupArn"]));
    const several = new Set(groups.filter((group, index) => groups.indexOf(group) !== index));
    return [...several].map((group) => `${group}: has several functions`);
  },
  passes: [[attached("a")], [attached("a"), attached("b")]],
  breaks: [[attached("a"), attached("a")]],
};

function attached(targetGroupArn: string) {
  return {
    type: TARGET_GROUP_ATTACHMENT,
    props: { targetGroupArn, targetId: "arn:aws:lambda:::function:sort" },
  };
}

const check: ResourceRule = {
  name: "function-is-not-checked",
  reason: "A health check calls the function, is billed as any call, and keeps an idle one from being idle.",
  types: [TARGET_GROUP],
  violation: ({ props }) =>
    wrongIf(
      props["targetType"] === "lambda" && part(props["healthCheck"])["enabled"] !== false,
      "healthCheck.enabled must be false",
    ),
  passes: [
    { props: { targetType: "lambda", healthCheck: { enabled: false } } },
    { props: { targetType: "instance", healthCheck: { path: "/readyz" } } },
  ],
  breaks: [{ props: { targetType: "lambda" } }],
};

const queries: ResourceRule = {
  name: "function-sees-whole-query",
  reason:
    "By default a load balancer hands a function the last only of several query parameters or headers of one name.",
  types: [TARGET_GROUP],
  violation: ({ props }) =>
    wrongIf(
      props["targetType"] === "lambda" && props["lambdaMultiValueHeadersEnabled"] !== true,
      "lambdaMultiValueHeadersEnabled must be true",
    ),
  passes: [
    { props: { targetType: "lambda", lambdaMultiValueHeadersEnabled: true } },
    { props: { targetType: "instance" } },
  ],
  breaks: [{ props: { targetType: "lambda" } }],
};

const digest: ResourceRule = {
  name: "function-is-made-by-digest",
  reason: "AWS reads the image of a tag once; what the tag means later, and a roll-back, are then guesses.",
  types: [FUNCTION],
  violation: ({ props: { imageUri } }) =>
    wrongIf(imageUri !== undefined && !/@sha256:/.test(String(imageUri)), "imageUri must have @sha256:"),
  passes: [
    { props: { imageUri: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@sha256:0" } },
    { props: {} },
  ],
  breaks: [{ props: { imageUri: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted:latest" } }],
};

const logs: ResourceRule = {
  name: "function-logs-where-they-end",
  reason:
    "Without a log group a function makes one of its own, which is never deleted and keeps lines for ever.",
  types: [FUNCTION],
  violation: ({ props }) =>
    wrongIf(part(props["loggingConfig"])["logGroup"] === undefined, "loggingConfig.logGroup must be set"),
  passes: [{ props: { loggingConfig: { logFormat: "Text", logGroup: "sorted" } } }],
  breaks: [{ props: {} }, { props: { loggingConfig: { logFormat: "Text" } } }],
};

const address: ResourceRule = {
  name: "function-address-is-of-an-alias",
  reason:
    "Instances are kept warm for an alias or a version only; an address of the function itself never meets them.",
  types: ["aws:lambda/functionUrl:FunctionUrl"],
  violation: ({ props }) => wrongIf(!props["qualifier"], "qualifier must name an alias"),
  passes: [{ props: { qualifier: "live" } }],
  breaks: [{ props: {} }],
};

export const functionRules = [source, permission, one, check, queries, digest, logs, address];
