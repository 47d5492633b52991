/** The way in: a load balancer in the public subnets, and the group of targets that it leads to. */
import type { SecurityGroup } from "@pulumi/aws/ec2/index.js";
import * as lb from "@pulumi/aws/lb/index.js";
import * as pulumi from "@pulumi/pulumi";
import { healthCheck } from "@sorted/infra-kit";
import { AccessLogs } from "./access-logs.ts";
import { aliasRecords, DomainCertificate } from "./certificate.ts";
import { clientAccess } from "./clients.ts";
import { listeners } from "./listeners.ts";
import { WebFirewall } from "./web-acl.ts";

/** How long an idle connection stays open; the application's own keep-alive must be longer, or clients see 502. */
export const idleTimeoutSeconds = 60;

/** What is served under which name. */
export type Tls =
  | { readonly certificateArn: string }
  | { readonly domainName: string; readonly hostedZoneId: string };

/** Targets that a load balancer connects to. */
export interface InstanceTargets {
  readonly port: number;
  /** Answers 200 when a target takes requests. */
  readonly readyPath: string;
  /** How long a target that leaves may go on answering requests in flight. */
  readonly deregistrationDelaySeconds: number;
}

export interface IngressArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Only addresses of the VPC's, over IPv4: for clients in it, or in networks connected to it. Default: false. */
  readonly internal?: boolean;
  /** Public dual-stack subnets in two or more zones; if it is internal, any. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** What must exist before a load balancer in the subnets can face the Internet. Default: nothing. */
  readonly internet?: readonly pulumi.Resource[];
  /** Ranges, IPv4 or IPv6, that may connect. */
  readonly allowedRanges: readonly string[];
  /** What requests go to: instances that register, or one function. */
  readonly targets: InstanceTargets | "function";
  /** With it HTTPS on 443, and 80 only redirects. */
  readonly tls?: Tls | undefined;
  /** Days to keep a line for each request in S3; none without it. */
  readonly accessLogDays?: number | undefined;
  /** AWS WAF in front, and days to keep what it refused; none without it. */
  readonly firewallLogDays?: number | undefined;
  /** Whether clients may read the application's metrics. */
  readonly publicMetrics: boolean;
  /** Refuse to be deleted, and keep the access logs. */
  readonly protect: boolean;
}

/**
 * An application load balancer, dual-stack if it faces the Internet.
 *
 * Instances are registered as such, not by address: an Auto Scaling group can't attach to a target group of type
 * `ip`.
 */
export class Ingress extends pulumi.ComponentResource {
  /** The address to send requests to, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** The load balancer's own name in DNS. */
  readonly dnsName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly targetGroupArn: pulumi.Output<string>;
  /** The names by which CloudWatch and scaling policies know the two. */
  readonly loadBalancerArnSuffix: pulumi.Output<string>;
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  /** Where the access logs are, if there are any. */
  readonly accessLogBucket: pulumi.Output<string> | undefined;
  /** What must exist before a target can become healthy. */
  readonly ready: readonly pulumi.Resource[];

  readonly #name: string;
  readonly #args: IngressArgs;

  constructor(name: string, args: IngressArgs, options?: pulumi.ComponentResourceOptions) {
    super("sorted:aws:Ingress", name, {}, options);
    this.#name = name;
    this.#args = args;

    const { accessLogDays, firewallLogDays, tls, protect, publicMetrics } = args;
    const logs =
      accessLogDays === undefined
        ? undefined
        : new AccessLogs(`${name}-access-logs`, { days: accessLogDays, protect }, { parent: this });
    const group = clientAccess(name, { ...args, ports: tls ? [80, 443] : [80] }, this);
    const balancer = this.#balancer(group, logs);
    const targets =
      args.targets === "function" ? this.#functionTarget() : this.#instanceTargets(args.targets);
    const certificateArn = tls && this.#certificateArn(tls, balancer);
    listeners(name, { balancer, targets, certificateArn, publicMetrics }, this);
    if (firewallLogDays !== undefined) {
      new WebFirewall(name, { resourceArn: balancer.arn, logDays: firewallLogDays }, { parent: this });
    }

    const host = tls && "domainName" in tls ? pulumi.output(tls.domainName) : balancer.dnsName;
    this.url = pulumi.interpolate`${tls ? "https" : "http"}://${host}`;
    // A component stands for all that is in it.
    this.ready = [this];
    this.dnsName = balancer.dnsName;
    this.securityGroupId = group.id;
    this.targetGroupArn = targets.arn;
    this.loadBalancerArnSuffix = balancer.arnSuffix;
    this.targetGroupArnSuffix = targets.arnSuffix;
    this.accessLogBucket = logs?.bucket;
    this.registerOutputs({ url: this.url, dnsName: this.dnsName });
  }

  #balancer(group: SecurityGroup, logs: AccessLogs | undefined): lb.LoadBalancer {
    return new lb.LoadBalancer(
      this.#name,
      {
        loadBalancerType: "application",
        internal: this.#args.internal === true,
        ipAddressType: this.#args.internal ? "ipv4" : "dualstack",
        subnets: [...this.#args.subnetIds],
        securityGroups: [group.id],
        dropInvalidHeaderFields: true,
        idleTimeout: idleTimeoutSeconds,
        enableDeletionProtection: this.#args.protect,
        ...(logs && { accessLogs: { enabled: true, bucket: logs.bucket } }),
      },
      // AWS refuses one in a VPC without an internet gateway, which none of the inputs names: InvalidSubnet.
      { parent: this, dependsOn: [...(this.#args.internet ?? []), ...(logs ? [logs.writable] : [])] },
    );
  }

  #instanceTargets({ port, readyPath, deregistrationDelaySeconds }: InstanceTargets): lb.TargetGroup {
    return new lb.TargetGroup(
      this.#name,
      {
        vpcId: this.#args.vpcId,
        targetType: "instance",
        protocol: "HTTP",
        port,
        // A request may be of ten numbers or of a million: what counts is how many are under way.
        loadBalancingAlgorithmType: "least_outstanding_requests",
        deregistrationDelay: deregistrationDelaySeconds,
        healthCheck: {
          path: readyPath,
          matcher: "200",
          interval: healthCheck.intervalSeconds,
          timeout: healthCheck.timeoutSeconds,
          unhealthyThreshold: healthCheck.threshold,
          healthyThreshold: healthCheck.threshold,
        },
      },
      { parent: this },
    );
  }

  #functionTarget(): lb.TargetGroup {
    return new lb.TargetGroup(
      this.#name,
      {
        targetType: "lambda",
        // Else of two parameters of one name in a query string the function would see the last only.
        lambdaMultiValueHeadersEnabled: true,
        // A check would be a request like any other: paid for, and what keeps an idle function from being idle.
        healthCheck: { enabled: false },
      },
      { parent: this },
    );
  }

  #certificateArn(tls: Tls, balancer: lb.LoadBalancer): pulumi.Input<string> {
    if ("certificateArn" in tls) return tls.certificateArn;
    const types = this.#args.internal ? (["A"] as const) : (["A", "AAAA"] as const);
    aliasRecords(this.#name, { ...tls, balancer, types }, this);
    return new DomainCertificate(this.#name, tls, { parent: this }).arn;
  }
}
