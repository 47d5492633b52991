/** What an application gateway does with a request: listeners, rules, and the machines behind. */
import type { ApplicationGatewayArgs } from "@pulumi/azure-native/network/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { healthCheck } from "@sorted/infra-kit";
import type { Group } from "../resources/resource-group.ts";
import { subResourcesOf } from "./sub-resources.ts";

/** Time for a machine to answer, in seconds: sorting the largest body takes a tenth of it. */
const answerSeconds = 60;

export interface GatewayPartsArgs {
  readonly group: Group;
  readonly subnetId: pulumi.Input<string>;
  readonly addressId: pulumi.Input<string>;
  /** The certificate in Key Vault. */
  readonly secretId: string;
  readonly port: number;
  readonly readyPath: string;
  readonly drainSeconds: number;
}

/** The parts of the gateway of that name, each named once and referred to by the others. */
export function gatewayParts(name: string, args: GatewayPartsArgs): Partial<ApplicationGatewayArgs> {
  const subResource = subResourcesOf(args.group, "applicationGateways", name);
  const frontendIPConfiguration = subResource("frontendIPConfigurations", "public");
  return {
    gatewayIPConfigurations: [{ name: "gateway", subnet: { id: args.subnetId } }],
    frontendIPConfigurations: [{ name: "public", publicIPAddress: { id: args.addressId } }],
    frontendPorts: [
      { name: "http", port: 80 },
      { name: "https", port: 443 },
    ],
    sslCertificates: [{ name: "certificate", keyVaultSecretId: args.secretId }],
    // TLS 1.3 and 1.2 with forward secrecy and authenticated encryption only.
    sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20220101S" },
    httpListeners: [
      {
        name: "http",
        frontendIPConfiguration,
        frontendPort: subResource("frontendPorts", "http"),
        protocol: "Http",
      },
      {
        name: "https",
        frontendIPConfiguration,
        frontendPort: subResource("frontendPorts", "https"),
        protocol: "Https",
        sslCertificate: subResource("sslCertificates", "certificate"),
      },
    ],
    redirectConfigurations: [
      {
        name: "to-https",
        redirectType: "Permanent",
        targetListener: subResource("httpListeners", "https"),
        includePath: true,
        includeQueryString: true,
      },
    ],
    backendAddressPools: [{ name: "machines" }],
    probes: [
      {
        name: "ready",
        protocol: "Http",
        host: "127.0.0.1",
        path: args.readyPath,
        interval: healthCheck.intervalSeconds,
        timeout: healthCheck.timeoutSeconds,
        unhealthyThreshold: healthCheck.threshold,
        match: { statusCodes: ["200"] },
      },
    ],
    backendHttpSettingsCollection: [
      {
        name: "http",
        protocol: "Http",
        port: args.port,
        cookieBasedAffinity: "Disabled",
        requestTimeout: answerSeconds,
        connectionDraining: { enabled: true, drainTimeoutInSec: args.drainSeconds },
        probe: subResource("probes", "ready"),
      },
    ],
    // By itself the gateway writes a port behind each address, which is no address to the application.
    rewriteRuleSets: [
      {
        name: "addresses",
        rewriteRules: [
          {
            name: "without-ports",
            ruleSequence: 100,
            actionSet: {
              requestHeaderConfigurations: [
                { headerName: "X-Forwarded-For", headerValue: "{var_add_x_forwarded_for_proxy}" },
              ],
            },
          },
        ],
      },
    ],
    requestRoutingRules: [
      {
        name: "http",
        ruleType: "Basic",
        priority: 10,
        httpListener: subResource("httpListeners", "http"),
        redirectConfiguration: subResource("redirectConfigurations", "to-https"),
      },
      {
        name: "https",
        ruleType: "Basic",
        priority: 20,
        httpListener: subResource("httpListeners", "https"),
        backendAddressPool: subResource("backendAddressPools", "machines"),
        backendHttpSettings: subResource("backendHttpSettingsCollection", "http"),
        rewriteRuleSet: subResource("rewriteRuleSets", "addresses"),
      },
    ],
  };
}
