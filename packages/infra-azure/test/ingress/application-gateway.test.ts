/** Shows how the application gateway is declared. Can't show what it does with a request. */
import { test } from "tap";
import { configurations, idIn, ofType, one, record } from "../configurations.ts";

const gateway = (kind: string, name: string) => ({
  id: idIn("ServerLB", `Network/applicationGateways/sorted/${kind}/${name}`),
});

async function inputs() {
  return one(await record("applicationGateway"), "network:ApplicationGateway").inputs;
}

test("version 2 with a firewall, over all zones, in a subnet of its own", async (t) => {
  t.hasStrict(await inputs(), {
    resourceGroupName: "ServerLB",
    applicationGatewayName: "sorted",
    sku: { name: "WAF_v2", tier: "WAF_v2" },
    autoscaleConfiguration: { minCapacity: 0, maxCapacity: 10 },
    zones: ["1", "2", "3"],
    gatewayIPConfigurations: [
      { subnet: { id: idIn("ServerVM", "Network/virtualNetworks/sorted/subnets/sorted-gateway") } },
    ],
    frontendIPConfigurations: [
      { name: "public", publicIPAddress: { id: idIn("ServerLB", "Network/publicIPAddresses/sorted") } },
    ],
  });
});

test("443 serves by a modern policy, with a certificate that Key Vault may renew", async (t) => {
  t.hasStrict(await inputs(), {
    sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20220101S" },
    sslCertificates: [
      { name: "certificate", keyVaultSecretId: "https://keys-example.vault.azure.net/secrets/sorted" },
    ],
    identity: {
      type: "UserAssigned",
      userAssignedIdentities: [idIn("ServerLB", "ManagedIdentity/userAssignedIdentities/sorted-gateway")],
    },
  });
  const { outputs } = await record("applicationGateway");
  t.equal(outputs["url"], "https://sorted.example.com");
  t.equal(outputs["ipAddress"], "203.0.113.20");
});

test("it may read secrets of that vault, and is made only when it may", async (t) => {
  const program = await record("applicationGateway");
  t.hasStrict(one(program, "authorization:RoleAssignment", "sorted-gateway").inputs, {
    principalId: "principal-of-sorted-gateway",
    principalType: "ServicePrincipal",
    scope: configurations.applicationGateway.keyVaultId,
    // Key Vault Secrets User
    roleDefinitionId:
      "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6",
  });
  const { dependencies } = one(program, "network:ApplicationGateway").options;
  t.ok(dependencies.some((urn) => urn.includes("RoleAssignment::sorted-gateway")));
});

test("an identity of the company's own may read the certificate: the program gives no role on the vault", async (t) => {
  t.hasStrict(one(await record("ofACompany"), "network:ApplicationGateway").inputs, {
    identity: { userAssignedIdentities: [configurations.ofACompany.gatewayIdentityId] },
  });
});

test("80 says to go to 443", async (t) => {
  t.hasStrict(await inputs(), {
    httpListeners: [
      { name: "http", protocol: "Http", frontendPort: gateway("frontendPorts", "http") },
      {
        name: "https",
        protocol: "Https",
        frontendPort: gateway("frontendPorts", "https"),
        sslCertificate: gateway("sslCertificates", "certificate"),
      },
    ],
    redirectConfigurations: [
      {
        redirectType: "Permanent",
        targetListener: gateway("httpListeners", "https"),
        includePath: true,
        includeQueryString: true,
      },
    ],
  });
});

test("requests go to port 80 of machines that are ready, and those that leave may finish", async (t) => {
  const program = await record({
    ...configurations.applicationGateway,
    shutdownDelaySeconds: 25,
    graceSeconds: 90,
  });
  t.hasStrict(one(program, "network:ApplicationGateway").inputs, {
    probes: [
      { path: "/readyz", interval: 5, timeout: 4, unhealthyThreshold: 2, match: { statusCodes: ["200"] } },
    ],
    backendHttpSettingsCollection: [
      {
        protocol: "Http",
        port: 80,
        cookieBasedAffinity: "Disabled",
        connectionDraining: { enabled: true, drainTimeoutInSec: 115 },
        probe: gateway("probes", "ready"),
      },
    ],
    requestRoutingRules: [
      {
        httpListener: gateway("httpListeners", "http"),
        redirectConfiguration: gateway("redirectConfigurations", "to-https"),
      },
      {
        httpListener: gateway("httpListeners", "https"),
        backendAddressPool: gateway("backendAddressPools", "machines"),
        backendHttpSettings: gateway("backendHttpSettingsCollection", "http"),
        rewriteRuleSet: gateway("rewriteRuleSets", "addresses"),
      },
    ],
  });
});

test("an application that stops is seen as unready before it closes", async (t) => {
  // 2 checks at intervals of 5 s, the last of which may take 4 s: 14 s, and 15 is the least that can be set.
  await t.rejects(record({ shutdownDelaySeconds: 14 }), /shutdownDelaySeconds must be an integer from 15/);
});

test("the application is told addresses of clients without ports, which would be none to it", async (t) => {
  t.hasStrict(await inputs(), {
    rewriteRuleSets: [
      {
        rewriteRules: [
          {
            actionSet: {
              requestHeaderConfigurations: [
                { headerName: "X-Forwarded-For", headerValue: "{var_add_x_forwarded_for_proxy}" },
              ],
            },
          },
        ],
      },
    ],
  });
});

const off = (...ids: readonly number[]) => ids.map((id) => ({ ruleId: String(id), state: "Disabled" }));
const anyOf = (matchVariable: string) => ({
  matchVariable,
  selectorMatchOperator: "EqualsAny",
  selector: "*",
});

test("the firewall looks neither at bodies nor at values in the query: numbers look like SQL to it", async (t) => {
  const program = await record("applicationGateway");
  const policy = one(program, "network:WebApplicationFirewallPolicy");
  t.hasStrict(await inputs(), { firewallPolicy: { id: policy.id } });
  t.hasStrict(policy.inputs, {
    policySettings: {
      state: "Enabled",
      mode: "Prevention",
      requestBodyCheck: false,
      requestBodyEnforcement: false,
    },
    managedRules: { exclusions: [anyOf("RequestArgKeys"), anyOf("RequestArgValues")] },
  });
});

test("it refuses no client for being a program, without User-Agent and Accept, and no request that the guide shows", async (t) => {
  const { managedRules } = one(
    await record("applicationGateway"),
    "network:WebApplicationFirewallPolicy",
  ).inputs;
  t.hasStrict(managedRules, {
    managedRuleSets: [
      {
        ruleSetType: "Microsoft_DefaultRuleSet",
        ruleSetVersion: "2.1",
        ruleGroupOverrides: [
          { ruleGroupName: "METHOD-ENFORCEMENT", rules: off(911100) },
          {
            ruleGroupName: "PROTOCOL-ENFORCEMENT",
            rules: off(
              ...[920170, 920171, 920180],
              ...[920300, 920310, 920311, 920320, 920330],
              ...[920340, 920341, 920420, 920480],
              920450,
            ),
          },
        ],
      },
      {
        ruleSetType: "Microsoft_BotManagerRuleSet",
        ruleGroupOverrides: [
          {
            ruleGroupName: "UnknownBots",
            rules: ["Bot300100", "Bot300300", "Bot300400", "Bot300500", "Bot300700"].map((ruleId) => ({
              ruleId,
              state: "Disabled",
            })),
          },
        ],
      },
    ],
  });
});

test("it refuses /metrics, however it is written, until publicMetrics opens it", async (t) => {
  const rulesWith = async (settings: Readonly<Record<string, unknown>>) =>
    one(
      await record({ ...configurations.applicationGateway, ...settings }),
      "network:WebApplicationFirewallPolicy",
    ).inputs["customRules"];
  t.match(await rulesWith({}), [
    {
      action: "Block",
      ruleType: "MatchRule",
      matchConditions: [
        {
          matchVariables: [{ variableName: "RequestUri" }],
          operator: "Contains",
          transforms: ["UrlDecode"],
          matchValues: ["/metrics"],
        },
      ],
    },
  ]);
  t.strictSame(await rulesWith({ publicMetrics: true }), []);
});

test("the machines' network interfaces join its pool, and there is no load balancer", async (t) => {
  const program = await record("applicationGateway");
  t.hasStrict(one(program, "compute:VirtualMachineScaleSet").inputs, {
    virtualMachineProfile: {
      networkProfile: {
        networkInterfaceConfigurations: [
          {
            ipConfigurations: [
              {
                loadBalancerBackendAddressPools: [],
                applicationGatewayBackendAddressPools: [gateway("backendAddressPools", "machines")],
              },
            ],
          },
        ],
      },
    },
  });
  t.strictSame(ofType(program, "network:LoadBalancer"), []);
});
