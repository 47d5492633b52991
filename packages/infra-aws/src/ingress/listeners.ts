/** What the load balancer does on its ports. */
import * as lb from "@pulumi/aws/lb/index.js";
import type * as pulumi from "@pulumi/pulumi";

/**
 * TLS 1.3 and 1.2 with forward secrecy and authenticated encryption only.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** Port 80 leads to the targets; with a certificate 443 does, and 80 says to go there. */
export function listeners(
  name: string,
  args: {
    readonly balancer: lb.LoadBalancer;
    readonly targets: lb.TargetGroup;
    readonly certificateArn: pulumi.Input<string> | undefined;
  },
  parent: pulumi.Resource,
): void {
  const { balancer, targets, certificateArn } = args;
  const listen = (suffix: string, inputs: Omit<lb.ListenerArgs, "loadBalancerArn">) =>
    new lb.Listener(`${name}-${suffix}`, { loadBalancerArn: balancer.arn, ...inputs }, { parent });
  const forward = { type: "forward", targetGroupArn: targets.arn };
  const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };

  listen("http", {
    port: 80,
    protocol: "HTTP",
    defaultActions: [certificateArn === undefined ? forward : redirect],
  });
  if (certificateArn === undefined) return;
  listen("https", { port: 443, protocol: "HTTPS", sslPolicy, certificateArn, defaultActions: [forward] });
}
