/** Application load balancers: listeners, and the instances behind their target groups. */
import type { Backend, Balancer, HealthCheck, Listener } from "../reachability/topology.ts";
import type { RecordedResource } from "../recorder/monitor.ts";
import {
  list,
  nested,
  number,
  objects,
  ofType,
  type Records,
  referred,
  requiredText,
  text,
  UntranslatableError,
} from "../recorder/records.ts";
import type { GroupedHost } from "./hosts.ts";
import * as types from "./types/tokens.ts";

/** The balancers, each a proxy with an interface of its own in every subnet. */
export function translateBalancers(records: Records, hosts: readonly GroupedHost[]): readonly Balancer[] {
  return ofType(records, types.LOAD_BALANCER).map((balancer) => {
    const own = hosts.filter(({ owner }) => owner === balancer.urn);
    return {
      id: balancer.urn,
      name: balancer.name,
      mode: "proxy",
      hosts: own.map(({ id }) => id),
      publicOver: [...new Set(own.flatMap(({ publicOver }) => publicOver))],
      listeners: ofType(records, types.LISTENER)
        .filter(({ inputs }) => inputs["loadBalancerArn"] === balancer.outputs["arn"])
        .map((listener) => translateListener(records, listener, hosts)),
    };
  });
}

function translateListener(
  records: Records,
  listener: RecordedResource,
  hosts: readonly GroupedHost[],
): Listener {
  const rules = ofType(records, types.LISTENER_RULE).filter(
    ({ inputs }) => inputs["listenerArn"] === listener.outputs["arn"],
  );
  for (const rule of rules) {
    if (objects(rule, "actions").some(({ type }) => type !== "fixed-response" && type !== "redirect")) {
      throw new UntranslatableError(rule, "a rule that forwards");
    }
  }
  const targets = objects(listener, "defaultActions")
    .filter(({ type }) => type === "forward")
    .flatMap((action) => [
      text(listener, "targetGroupArn", action),
      ...objects(listener, "targetGroups", nested(action["forward"])).map((target) =>
        text(listener, "arn", target),
      ),
    ])
    .filter((arn) => arn !== undefined);
  if (targets.length > 1) throw new UntranslatableError(listener, "several target groups");
  const [arn] = targets;
  const group = arn === undefined ? undefined : referred(records, types.TARGET_GROUP, arn, listener, "arn");
  return {
    protocol: "tcp",
    port: number(listener, "port"),
    backend: group && translateTargetGroup(records, group, hosts),
  };
}

function translateTargetGroup(
  records: Records,
  group: RecordedResource,
  hosts: readonly GroupedHost[],
): Backend | undefined {
  const type = text(group, "targetType") ?? "instance";
  // A call of a function is not a connection: see ./callers.ts.
  if (type === "lambda") return undefined;
  if (type !== "instance") throw new UntranslatableError(group, `targets of type ${type}`);
  const arn = requiredText(group, "arn", group.outputs);
  const scaling = ofType(records, types.AUTO_SCALING_GROUP)
    .filter((candidate) => list(candidate, "targetGroupArns").includes(arn))
    .map(({ urn }) => urn);
  return {
    port: number(group, "port"),
    hosts: hosts.filter(({ owner }) => scaling.includes(owner)).map(({ id }) => id),
    healthCheck: "healthCheck" in group.inputs ? healthCheckOf(group) : undefined,
  };
}

function healthCheckOf(group: RecordedResource): HealthCheck {
  const check = nested(group.inputs["healthCheck"]);
  return {
    path: requiredText(group, "path", check),
    intervalSeconds: number(group, "interval", check),
    timeoutSeconds: number(group, "timeout", check),
    unhealthyAfter: number(group, "unhealthyThreshold", check),
    healthyAfter: number(group, "healthyThreshold", check),
  };
}
