/** What the load balancer does on its ports. */
import * as lb from "@pulumi/aws/lb/index.js";
import type * as pulumi from "@pulumi/pulumi";

/**
 * TLS 1.3 and 1.2 with forward secrecy and authenticated encryption only.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/**
 * Paths that lead to `/metrics`: itself, and any path with an encoded character, which the application decodes. Expressions,
 * as the simpler patterns take no percent sign; each covers the whole path, as AWS doesn't say whether a part may match.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/add-rule.html
 */
const metricsPaths = ["^/metrics.*$", "^.*%.*$"];

/** Port 80 leads to the targets; with a certificate 443 does, and 80 says to go there. */
export function listeners(
  name: string,
  args: {
    readonly balancer: lb.LoadBalancer;
    readonly targets: lb.TargetGroup;
    readonly certificateArn: pulumi.Input<string> | undefined;
    /** Whether clients may read the application's metrics. */
    readonly publicMetrics: boolean;
  },
  parent: pulumi.Resource,
): void {
  const { balancer, targets, certificateArn, publicMetrics } = args;
  const listen = (suffix: string, inputs: Omit<lb.ListenerArgs, "loadBalancerArn">) =>
    new lb.Listener(`${name}-${suffix}`, { loadBalancerArn: balancer.arn, ...inputs }, { parent });
  const forward = { type: "forward", targetGroupArn: targets.arn };
  const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };

  const isTls = certificateArn !== undefined;
  const http = listen("http", {
    port: 80,
    protocol: "HTTP",
    defaultActions: [isTls ? redirect : forward],
  });
  const serving = isTls
    ? listen("https", { port: 443, protocol: "HTTPS", sslPolicy, certificateArn, defaultActions: [forward] })
    : http;
  if (publicMetrics) return;
  new lb.ListenerRule(
    `${name}-metrics`,
    {
      listenerArn: serving.arn,
      priority: 1,
      conditions: [{ pathPattern: { regexValues: metricsPaths } }],
      actions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
    },
    { parent },
  );
}
