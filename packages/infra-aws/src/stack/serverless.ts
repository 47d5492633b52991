/** A function on AWS Lambda: with a URL of its own, and then without any network, or behind a load balancer. */

import { lambdaEnvironment } from "../serverless/environment.ts";
import { ServerlessFunction } from "../serverless/function.ts";
import { FunctionAddress } from "../serverless/function-url.ts";
import { FunctionTarget } from "../serverless/target-group.ts";
import { entrance } from "./entrance.ts";
import type { RunningStack, StackArgs } from "./stack.ts";

/** @param way how requests get in */
export async function serverlessStack(
  args: StackArgs,
  way: "functionUrl" | "functionBehindBalancer",
): Promise<RunningStack> {
  const { name, settings, options, image, logGroup } = args;
  const made = new ServerlessFunction(
    name,
    {
      image: image.uri,
      architecture: settings.architecture,
      memoryMiB: settings.containerMemoryMiB,
      timeoutSeconds: settings.functionTimeoutSeconds,
      environment: lambdaEnvironment({ ...settings, way }),
      logGroup,
      instanceLimit: settings.instanceLimit || undefined,
      warmInstances: settings.warmInstances,
      ready: image.ready,
    },
    options,
  );
  const { alias, functionName } = made;
  const monitored = { region: settings.region, functionName, logGroupName: logGroup.name };
  if (way === "functionUrl") {
    const { url } = new FunctionAddress(name, { alias }, options);
    return { url, dnsName: url.apply((address) => new URL(address).hostname), functionName, monitored };
  }
  const { network, ingress } = await entrance(args, "function");
  new FunctionTarget(name, { alias, targetGroupArn: ingress.targetGroupArn }, options);
  return {
    url: ingress.url,
    dnsName: ingress.dnsName,
    accessLogBucket: ingress.accessLogBucket,
    vpcId: network.vpcId,
    functionName,
    monitored: { ...monitored, balancer: ingress },
  };
}
