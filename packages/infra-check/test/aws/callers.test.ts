/**
 * Shows that every way to call a function is found, and where one ends. Can't show that AWS evaluates addresses and
 * permissions so.
 */
import { test } from "tap";
import { awsCallers } from "../../src/aws/callers.ts";
import { declared } from "../../src/aws/cloud.ts";
import { changed, without } from "../../src/recorder/declared.ts";
import type { RecordedResource } from "../../src/recorder/monitor.ts";
import type { Properties } from "../../src/recorder/value.ts";

const arnOf = (record: RecordedResource) => String(record.outputs["arn"]);

const made = declared("aws:lambda/function:Function", "sort", {});
const alias = declared("aws:lambda/alias:Alias", "live", { name: "live", functionName: "sort" });
const address = declared("aws:lambda/functionUrl:FunctionUrl", "address", {
  functionName: "sort",
  qualifier: "live",
  authorizationType: "NONE",
});
const balancer = declared("aws:lb/loadBalancer:LoadBalancer", "balancer", {});
const group = declared("aws:lb/targetGroup:TargetGroup", "group", { targetType: "lambda" });
const listener = declared("aws:lb/listener:Listener", "http", {
  loadBalancerArn: arnOf(balancer),
  defaultActions: [{ type: "forward", targetGroupArn: arnOf(group) }],
});
const permission = declared("aws:lambda/permission:Permission", "permission", {
  function: "sort",
  qualifier: "live",
  principal: "elasticloadbalancing.amazonaws.com",
  sourceArn: arnOf(group),
});
const attachment = declared("aws:lb/targetGroupAttachment:TargetGroupAttachment", "attachment", {
  targetGroupArn: arnOf(group),
  targetId: arnOf(alias),
});
const balanced = [made, alias, balancer, group, listener, permission, attachment];

const permitting = (inputs: Properties) => changed(balanced, permission, inputs);

test("an address calls for anyone, or for whom IAM lets", async (t) => {
  t.strictSame(awsCallers([made, alias, address]), ["HTTPS 443: anyone > function sort:live"]);
  t.strictSame(awsCallers([changed([address], address, { authorizationType: "AWS_IAM" })].flat()), [
    "HTTPS 443: whom IAM lets > function sort:live",
  ]);
});

test("a load balancer calls through a target group that leads to the function and may", async (t) => {
  t.strictSame(awsCallers(balanced), [
    "call: load balancer balancer > target group group > function sort:live",
  ]);
});

test("where a way ends", async (t) => {
  t.strictSame(awsCallers(without(balanced, permission)), [
    "call: target group group > stopped: no permission",
  ]);
  t.strictSame(awsCallers(without(balanced, attachment)), [
    "call: load balancer balancer > target group group > stopped: it leads to nothing",
  ]);
  t.strictSame(awsCallers(without(balanced, listener)), [
    "call: no load balancer > target group group > function sort:live",
  ]);
  t.strictSame(
    awsCallers(changed(balanced, attachment, { targetId: arnOf(made) })),
    [
      "call: load balancer balancer > target group group > stopped: it leads to sort",
      "call: target group group > stopped: no permission",
    ],
    "a permission on the alias is none on the function",
  );
});

test("a function may be called itself, not its alias", async (t) => {
  const unqualified = changed(balanced, permission, { qualifier: "" });
  t.strictSame(awsCallers(changed(unqualified, attachment, { targetId: arnOf(made) })), [
    "call: load balancer balancer > target group group > function sort",
  ]);
});

test("a permission that names no source is one for every account", async (t) => {
  t.strictSame(awsCallers(permitting({ sourceArn: "" })), [
    "call: anything of elasticloadbalancing.amazonaws.com, in any account > function sort:live",
  ]);
  const other = { principal: "events.amazonaws.com", sourceArn: "arn:aws:events:::rule/nightly" };
  t.strictSame(awsCallers([declared(permission.type, "other", { ...permission.inputs, ...other })]), [
    "call: arn:aws:events:::rule/nightly of events.amazonaws.com > function sort:live",
  ]);
});

test("of what was not recorded nothing is claimed", async (t) => {
  t.throws(() => awsCallers(without(balanced, group)), /TargetGroup .*, of which nothing is known/);
  t.throws(() => awsCallers(without(balanced, alias)), /of which nothing is known/);
});
