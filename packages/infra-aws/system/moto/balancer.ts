/** The load balancer, its targets and its listener. */
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import type * as lb from "@pulumi/aws/lb/index.js";
import type { Unwrap } from "@pulumi/pulumi";
import { type Binding, binding, first, tagList } from "./binding.ts";

export function balancerBindings(api: ElasticLoadBalancingV2): Readonly<Record<string, Binding>> {
  return {
    "aws:lb/loadBalancer:LoadBalancer": binding<lb.LoadBalancerArgs>({
      async create(inputs) {
        const { LoadBalancers } = await api.createLoadBalancer({
          Name: inputs.name,
          Type: "application",
          Scheme: inputs.internal ? "internal" : "internet-facing",
          IpAddressType: inputs.ipAddressType === "dualstack" ? "dualstack" : "ipv4",
          Subnets: inputs.subnets,
          SecurityGroups: inputs.securityGroups,
          Tags: tagList(inputs.tags),
        });
        const { LoadBalancerArn, DNSName, CanonicalHostedZoneId } = first(LoadBalancers);
        await api.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes: balancerAttributes(inputs) });
        return {
          id: LoadBalancerArn,
          arn: LoadBalancerArn,
          arnSuffix: LoadBalancerArn?.split(":loadbalancer/").at(-1),
          dnsName: DNSName,
          zoneId: CanonicalHostedZoneId,
        };
      },
      async update(LoadBalancerArn, inputs) {
        await api.setSubnets({ LoadBalancerArn, Subnets: inputs.subnets });
        await api.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes: balancerAttributes(inputs) });
        return {};
      },
      delete: (LoadBalancerArn) => api.deleteLoadBalancer({ LoadBalancerArn }),
    }),

    "aws:lb/targetGroup:TargetGroup": binding<lb.TargetGroupArgs>({
      async create(inputs) {
        if (inputs.targetType === "lambda") return functionTarget(api, inputs);
        const { healthCheck } = inputs;
        const { TargetGroups } = await api.createTargetGroup({
          Name: inputs.name,
          TargetType: inputs.targetType === "ip" ? "ip" : "instance",
          Protocol: "HTTP",
          Port: inputs.port,
          VpcId: inputs.vpcId,
          HealthCheckPath: healthCheck?.path,
          HealthCheckIntervalSeconds: healthCheck?.interval,
          HealthCheckTimeoutSeconds: healthCheck?.timeout,
          HealthyThresholdCount: healthCheck?.healthyThreshold,
          UnhealthyThresholdCount: healthCheck?.unhealthyThreshold,
          Matcher: { HttpCode: healthCheck?.matcher },
          Tags: tagList(inputs.tags),
        });
        const { TargetGroupArn } = first(TargetGroups);
        await api.modifyTargetGroupAttributes({
          TargetGroupArn,
          Attributes: [
            { Key: "deregistration_delay.timeout_seconds", Value: String(inputs.deregistrationDelay) },
            { Key: "load_balancing.algorithm.type", Value: inputs.loadBalancingAlgorithmType },
          ],
        });
        return { id: TargetGroupArn, arn: TargetGroupArn, arnSuffix: TargetGroupArn?.split(":").at(-1) };
      },
      delete: (TargetGroupArn) => api.deleteTargetGroup({ TargetGroupArn }),
    }),

    "aws:lb/listener:Listener": binding<lb.ListenerArgs>({
      async create(inputs) {
        const { Listeners } = await api.createListener({
          LoadBalancerArn: inputs.loadBalancerArn,
          Port: inputs.port,
          Protocol: "HTTP",
          DefaultActions: inputs.defaultActions.map(({ targetGroupArn }) => ({
            Type: "forward",
            TargetGroupArn: targetGroupArn,
          })),
          Tags: tagList(inputs.tags),
        });
        const { ListenerArn } = first(Listeners);
        return { id: ListenerArn, arn: ListenerArn };
      },
      delete: (ListenerArn) => api.deleteListener({ ListenerArn }),
    }),

    "aws:lb/listenerRule:ListenerRule": binding<lb.ListenerRuleArgs>({
      async create(inputs) {
        const { Rules } = await api.createRule({
          ListenerArn: inputs.listenerArn,
          Priority: inputs.priority,
          // moto knows patterns with stars only, and takes the expressions for such.
          Conditions: inputs.conditions.map(({ pathPattern }) => ({
            Field: "path-pattern",
            PathPatternConfig: { Values: pathPattern?.regexValues },
          })),
          Actions: inputs.actions.map(({ fixedResponse }) => ({
            Type: "fixed-response",
            FixedResponseConfig: {
              ContentType: fixedResponse?.contentType,
              StatusCode: fixedResponse?.statusCode,
            },
          })),
          Tags: tagList(inputs.tags),
        });
        const { RuleArn } = first(Rules);
        return { id: RuleArn, arn: RuleArn };
      },
      delete: (RuleArn) => api.deleteRule({ RuleArn }),
    }),
  };
}

async function functionTarget(api: ElasticLoadBalancingV2, inputs: Unwrap<lb.TargetGroupArgs>) {
  const { TargetGroups } = await api.createTargetGroup({
    Name: inputs.name,
    TargetType: "lambda",
    HealthCheckEnabled: inputs.healthCheck?.enabled,
    Tags: tagList(inputs.tags),
  });
  const { TargetGroupArn } = first(TargetGroups);
  await api.modifyTargetGroupAttributes({
    TargetGroupArn,
    Attributes: [
      { Key: "lambda.multi_value_headers.enabled", Value: String(inputs.lambdaMultiValueHeadersEnabled) },
    ],
  });
  return { id: TargetGroupArn, arn: TargetGroupArn, arnSuffix: TargetGroupArn?.split(":").at(-1) };
}

function balancerAttributes(inputs: Unwrap<lb.LoadBalancerArgs>) {
  const { accessLogs } = inputs;
  return [
    { Key: "idle_timeout.timeout_seconds", Value: String(inputs.idleTimeout) },
    { Key: "routing.http.drop_invalid_header_fields.enabled", Value: String(inputs.dropInvalidHeaderFields) },
    { Key: "deletion_protection.enabled", Value: String(inputs.enableDeletionProtection) },
    ...(accessLogs
      ? [
          { Key: "access_logs.s3.enabled", Value: String(accessLogs.enabled) },
          { Key: "access_logs.s3.bucket", Value: accessLogs.bucket },
        ]
      : []),
  ];
}
