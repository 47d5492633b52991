/** The way in with TLS: an application gateway with a firewall, in a subnet of its own. */
import * as network from "@pulumi/azure-native/network/index.js";
import * as pulumi from "@pulumi/pulumi";
import { allZones, publicAddress } from "../network/public-ip-address.ts";
import type { VirtualNetworkPlace } from "../network/virtual-network.ts";
import type { Group } from "../resources/resource-group.ts";
import { type Certificate, CertificateAccess } from "./certificate.ts";
import { gatewayParts } from "./gateway-configuration.ts";
import type { Ingress, Pools } from "./ingress.ts";
import { firewallPolicy } from "./web-application-firewall.ts";

export interface ApplicationGatewayArgs {
  readonly group: Group;
  readonly vnet: VirtualNetworkPlace;
  /** IPv4 range of /26 or larger, for a subnet that holds nothing else. */
  readonly cidr: string;
  /** What else is made in the virtual network, and first: Azure refuses two changes of one at a time. */
  readonly after: readonly pulumi.Resource[];
  /** The network security group on that subnet. */
  readonly securityGroupId: pulumi.Input<string>;
  readonly certificate: Certificate;
  /** The ID of an identity that exists and may read the certificate. Without it the gateway gets one of its own. */
  readonly identityId?: string | undefined;
  /** The name that the certificate is for. */
  readonly domainName: string;
  /** The port of the machines that requests go to. */
  readonly port: number;
  /** Answers 200 when a machine takes requests. */
  readonly readyPath: string;
  /** Let clients read the application's metrics. */
  readonly publicMetrics: boolean;
  /** How long a machine that leaves may go on answering requests in flight. */
  readonly drainSeconds: number;
  /** The greatest number of the gateway's own instances; the least is none, and some capacity is always there. */
  readonly maxCapacity: number;
}

/** A zone-redundant application gateway, v2: HTTPS on 443, and 80 says to go there. */
export class ApplicationGateway extends pulumi.ComponentResource implements Ingress {
  readonly url: pulumi.Output<string>;
  readonly ipAddress: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;
  readonly pools: Pools;

  constructor(name: string, args: ApplicationGatewayArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:azure:ApplicationGateway", name, {}, options);
    const resourceGroupName = args.group.name;
    const subnet = new network.Subnet(
      `${name}-gateway`,
      {
        ...args.vnet,
        addressPrefix: args.cidr,
        networkSecurityGroup: { id: args.securityGroupId },
      },
      { parent: this, dependsOn: [...args.after] },
    );
    const address = publicAddress(name, { resourceGroupName }, this);
    const certificate = new CertificateAccess(
      `${name}-gateway`,
      { ...args.certificate, group: args.group, identityId: args.identityId },
      { parent: this },
    );
    const gateway = new network.ApplicationGateway(
      name,
      {
        applicationGatewayName: name,
        resourceGroupName,
        sku: { name: "WAF_v2", tier: "WAF_v2" },
        autoscaleConfiguration: { minCapacity: 0, maxCapacity: args.maxCapacity },
        zones: allZones,
        enableHttp2: true,
        identity: { type: "UserAssigned", userAssignedIdentities: [certificate.identityId] },
        firewallPolicy: { id: firewallPolicy(name, args, this).id },
        ...gatewayParts(name, {
          ...args,
          subnetId: subnet.id,
          addressId: address.id,
          secretId: certificate.secretId,
        }),
      },
      { parent: this, dependsOn: [...certificate.ready] },
    );
    this.ipAddress = address.ipAddress.apply((ip = "") => ip);
    this.url = pulumi.output(`https://${args.domainName}`);
    this.id = gateway.id;
    this.pools = {
      loadBalancer: [],
      applicationGateway: [pulumi.interpolate`${gateway.id}/backendAddressPools/machines`],
    };
    this.registerOutputs({ url: this.url, ipAddress: this.ipAddress });
  }
}
