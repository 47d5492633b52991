/** A firewall's policy of Azure as directives of ModSecurity, with OWASP's rules in the place of Microsoft's. */
import type { Properties, RecordedResource, Value } from "@sorted/infra-check";
import { isProperties } from "@sorted/infra-check";

/** What an exclusion of Azure takes from the rules. */
const variables: Readonly<Record<string, readonly string[]>> = {
  RequestArgKeys: ["ARGS_NAMES", "ARGS_GET_NAMES"],
  RequestArgValues: ["ARGS", "ARGS_GET"],
};

const transformations: Readonly<Record<string, string>> = { UrlDecode: "t:urlDecode" };

/**
 * Translates what the program's policies use. Rules on bots have no counterpart.
 *
 * @throws if the policy has something else
 */
export function directivesOf({ inputs }: RecordedResource): string {
  const settings = part(inputs["policySettings"]);
  const managed = part(inputs["managedRules"]);
  return [
    "SecRuleEngine On",
    `SecRequestBodyAccess ${settings["requestBodyCheck"] === false ? "Off" : "On"}`,
    // Microsoft's set has the rules of the levels 1 and 2.
    'SecAction "id:1,phase:1,pass,nolog,setvar:tx.blocking_paranoia_level=2,setvar:tx.detection_paranoia_level=2"',
    "Include @crs-setup.conf.example",
    ...parts(inputs["customRules"]).map(customRule),
    "Include @owasp_crs/*.conf",
    ...parts(managed["managedRuleSets"]).flatMap(switchedOff),
    ...parts(managed["exclusions"]).flatMap(exclusion),
  ].join("\n");
}

function customRule({ action, matchConditions }: Properties, index: number): string {
  const [condition = {}, ...others] = parts(matchConditions);
  const [variable = {}] = parts(condition["matchVariables"]);
  const isKnown = variable["variableName"] === "RequestUri" && condition["operator"] === "Contains";
  if (others.length > 0 || action !== "Block" || !isKnown) throw new Error("a custom rule of another kind");
  const decoded = texts(condition["transforms"]).map((name) => {
    const transformation = transformations[name];
    if (!transformation) throw new Error(`the transformation ${name}`);
    return transformation;
  });
  const [text = ""] = texts(condition["matchValues"]);
  const actions = [`id:${100 + index}`, "phase:1", "deny", "status:403", "log", ...decoded];
  return `SecRule REQUEST_URI_RAW "@contains ${text}" "${actions.join(",")}"`;
}

function switchedOff({ ruleSetType, ruleGroupOverrides }: Properties): readonly string[] {
  if (ruleSetType !== "Microsoft_DefaultRuleSet") return [];
  return parts(ruleGroupOverrides)
    .flatMap(({ rules }) => parts(rules))
    .map(({ ruleId, state }) => {
      if (state !== "Disabled") throw new Error(`rule ${String(ruleId)} is not switched off`);
      return `SecRuleRemoveById ${String(ruleId)}`;
    });
}

function exclusion({ matchVariable, selectorMatchOperator }: Properties): readonly string[] {
  const excluded = variables[String(matchVariable)];
  if (!excluded || selectorMatchOperator !== "EqualsAny") {
    throw new Error(`an exclusion of ${String(matchVariable)}`);
  }
  return excluded.map((variable) => `SecRuleUpdateTargetByTag "OWASP_CRS" "!${variable}"`);
}

function part(value: Value | undefined): Properties {
  return isProperties(value) ? value : {};
}

function parts(value: Value | undefined): readonly Properties[] {
  return Array.isArray(value) ? value.filter(isProperties) : [];
}

function texts(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
