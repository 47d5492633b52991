/** Rules on application gateways, which end connections, and on the firewall in front. */

import { items, part, type ResourceRule, wrongIf } from "../../policy/rule.ts";
import type { Properties } from "../../recorder/value.ts";
import { APPLICATION_GATEWAY, FIREWALL_POLICY } from "../types/tokens.ts";
import { hasRule } from "./default-rule-set.ts";

const tier: ResourceRule = {
  name: "gateways-are-v2-with-a-firewall",
  reason:
    "The first version is retired, scales by hand and stands in one zone; a tier with WAF needs a policy.",
  types: [APPLICATION_GATEWAY],
  violation: ({ props: { sku, firewallPolicy } }) =>
    wrongIf(part(sku)["tier"] !== "WAF_v2", "sku.tier must be WAF_v2") ??
    wrongIf(part(firewallPolicy)["id"] === undefined, "firewallPolicy must name a policy"),
  passes: [{ props: { sku: { tier: "WAF_v2" }, firewallPolicy: { id: "policy" } } }],
  breaks: [
    { props: { sku: { tier: "WAF" }, firewallPolicy: { id: "policy" } } },
    { props: { sku: { tier: "WAF_v2" } } },
  ],
};

const tls: ResourceRule = {
  name: "https-is-modern",
  reason: "The default policy of older API versions allows TLS 1.0; one of 2022 asks for 1.2 or 1.3.",
  types: [APPLICATION_GATEWAY],
  violation: ({ props }) =>
    wrongIf(
      !/^AppGwSslPolicy2022/.test(String(part(props["sslPolicy"])["policyName"])),
      "sslPolicy.policyName must be AppGwSslPolicy20220101 or AppGwSslPolicy20220101S",
    ),
  passes: [{ props: { sslPolicy: { policyName: "AppGwSslPolicy20220101S" } } }],
  breaks: [{ props: {} }, { props: { sslPolicy: { policyName: "AppGwSslPolicy20150501" } } }],
};

const redirect: ResourceRule = {
  name: "http-leads-to-https",
  reason: "What answers on 80 as well keeps clients sending in the clear.",
  types: [APPLICATION_GATEWAY],
  violation: ({ props }) => {
    const clear = items(props["httpListeners"])
      .filter(({ protocol }) => protocol === "Http")
      .map(({ name }) => `/httpListeners/${name}`);
    return wrongIf(
      items(props["requestRoutingRules"]).some(
        ({ httpListener, redirectConfiguration }) =>
          clear.some((listener) => String(part(httpListener)["id"]).endsWith(listener)) &&
          redirectConfiguration === undefined,
      ),
      "the rules of a listener of HTTP must redirect",
    );
  },
  passes: [
    { props: gateway("Http", { redirectConfiguration: { id: "x/to-https" } }) },
    { props: gateway("Https", { backendAddressPool: { id: "x/machines" } }) },
  ],
  breaks: [{ props: gateway("Http", { backendAddressPool: { id: "x/machines" } }) }],
};

function gateway(protocol: string, rule: object) {
  return {
    httpListeners: [{ name: "listener", protocol }],
    requestRoutingRules: [{ httpListener: { id: "x/httpListeners/listener" }, ...rule }],
  };
}

const certificate: ResourceRule = {
  name: "certificates-renew-themselves",
  reason: "With a version in the secret's address the gateway keeps the certificate that runs out.",
  types: [APPLICATION_GATEWAY],
  violation: ({ props }) =>
    wrongIf(
      items(props["sslCertificates"]).some(
        ({ keyVaultSecretId }) => !/\/secrets\/[^/]+\/?$/.test(String(keyVaultSecretId)),
      ),
      "keyVaultSecretId must end with the certificate's name",
    ),
  passes: [
    { props: { sslCertificates: [{ keyVaultSecretId: "https://v.vault.azure.net/secrets/sorted" }] } },
  ],
  breaks: [
    { props: { sslCertificates: [{ keyVaultSecretId: "https://v.vault.azure.net/secrets/sorted/0a1b" }] } },
    { props: { sslCertificates: [{ data: "…" }] } },
  ],
};

const firewall: ResourceRule = {
  name: "firewall-leaves-the-size-to-the-api",
  reason:
    "By default WAF only watches, and once it blocks it blocks every body above 128 KB, with a page of HTML.",
  types: [FIREWALL_POLICY],
  violation: ({ props }) => {
    const { state, mode, requestBodyEnforcement } = part(props["policySettings"]);
    return (
      wrongIf(
        state !== "Enabled" || mode !== "Prevention",
        "policySettings must be Enabled, to Prevention",
      ) ?? wrongIf(requestBodyEnforcement !== false, "policySettings.requestBodyEnforcement must be false")
    );
  },
  passes: [{ props: policy({}) }],
  breaks: [
    { props: {} },
    { props: policy({ mode: "Detection" }) },
    { props: policy({ requestBodyEnforcement: true }) },
  ],
};

function policy(given: object) {
  return {
    policySettings: { state: "Enabled", mode: "Prevention", requestBodyEnforcement: false, ...given },
  };
}

const overrides: ResourceRule = {
  name: "firewall-overrides-rules-that-exist",
  reason:
    "Azure refuses a policy that overrides a rule which its set doesn't have, and not all of OWASP's are in Microsoft's.",
  types: [FIREWALL_POLICY],
  violation: ({ props }) => {
    const unknown = items(part(props["managedRules"])["managedRuleSets"])
      .filter(isKnownSet)
      .flatMap(({ ruleGroupOverrides }) => items(ruleGroupOverrides))
      .flatMap(({ ruleGroupName, rules }) =>
        items(rules)
          .filter(({ ruleId }) => hasRule(String(ruleGroupName), String(ruleId)) === false)
          .map(({ ruleId }) => `${ruleGroupName} has no rule ${ruleId}`),
      );
    return wrongIf(unknown.length > 0, unknown.join(", "));
  },
  passes: [
    { props: {} },
    { props: overriding("SQLI", "942430") },
    { props: overriding("XSS", "941100") },
    { props: overriding("SQLI", "942431", { ruleSetType: "OWASP", ruleSetVersion: "3.2" }) },
  ],
  breaks: [
    { props: overriding("SQLI", "942431") },
    { props: overriding("SQLI", "942460") },
    { props: overriding("General", "200004") },
    {
      props: overriding("UnknownBots", "Bot200100", {
        ruleSetType: "Microsoft_BotManagerRuleSet",
        ruleSetVersion: "1.1",
      }),
    },
  ],
};

function isKnownSet({ ruleSetType, ruleSetVersion }: Properties): boolean {
  return ["Microsoft_DefaultRuleSet 2.1", "Microsoft_BotManagerRuleSet 1.1"].includes(
    `${String(ruleSetType)} ${String(ruleSetVersion)}`,
  );
}

function overriding(ruleGroupName: string, ruleId: string, set: Properties = {}) {
  const ruleGroupOverrides = [{ ruleGroupName, rules: [{ ruleId, state: "Disabled" }] }];
  const managedRuleSets = [
    { ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1", ruleGroupOverrides, ...set },
  ];
  return { managedRules: { managedRuleSets } };
}

export const applicationGatewayRules = [tier, tls, redirect, certificate, firewall, overrides];
