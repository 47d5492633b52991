/**
 * Who can call a function of AWS Lambda. A function outside of a VPC is in no network: no route and no security group
 * says who reaches it, but its addresses, its permissions, and the target groups that it is in.
 */
import type { RecordedResource } from "../recorder/monitor.ts";
import { objects, ofType, type Records, referred, requiredText, text } from "../recorder/records.ts";
import {
  FUNCTION,
  FUNCTION_ALIAS,
  FUNCTION_PERMISSION,
  FUNCTION_URL,
  LISTENER,
  LOAD_BALANCER,
  TARGET_GROUP,
  TARGET_GROUP_ATTACHMENT,
} from "./types/tokens.ts";

const balancing = "elasticloadbalancing.amazonaws.com";

/**
 * Every way to call a function, in the order of the alphabet: `HTTPS 443: anyone > function sorted:live`, or where a way
 * ends.
 *
 * @throws {UntranslatableError} for what refers to resources that were not recorded
 */
export function awsCallers(records: Records): readonly string[] {
  return [
    ...ofType(records, FUNCTION_URL).map(addressText),
    ...ofType(records, FUNCTION_PERMISSION).map((permission) => permissionText(records, permission)),
    ...ofType(records, TARGET_GROUP_ATTACHMENT)
      .filter((attachment) => !isPermitted(records, attachment))
      .map((attachment) => `${groupText(records, attachment)} > stopped: no permission`),
  ].toSorted();
}

function addressText(address: RecordedResource): string {
  const who = address.inputs["authorizationType"] === "NONE" ? "anyone" : "whom IAM lets";
  return `HTTPS 443: ${who} > function ${calledBy(address, "functionName")}`;
}

function permissionText(records: Records, permission: RecordedResource): string {
  const principal = requiredText(permission, "principal");
  const source = text(permission, "sourceArn");
  const called = calledBy(permission, "function");
  if (source === undefined) return `call: anything of ${principal}, in any account > function ${called}`;
  if (principal !== balancing) return `call: ${source} of ${principal} > function ${called}`;
  const group = referred(records, TARGET_GROUP, source, permission, "arn");
  return `call: ${balancersOf(records, group)} > target group ${group.name} > ${targetOf(records, group, called)}`;
}

/** The load balancers whose listeners forward to a group. */
function balancersOf(records: Records, group: RecordedResource): string {
  const names = ofType(records, LISTENER)
    .filter((listener) =>
      objects(listener, "defaultActions").some(
        ({ targetGroupArn }) => targetGroupArn === group.outputs["arn"],
      ),
    )
    .map((listener) => {
      const arn = listener.inputs["loadBalancerArn"];
      return `load balancer ${referred(records, LOAD_BALANCER, arn, listener, "arn").name}`;
    });
  return names.join(", ") || "no load balancer";
}

function targetOf(records: Records, group: RecordedResource, called: string): string {
  const attached = ofType(records, TARGET_GROUP_ATTACHMENT)
    .filter(({ inputs }) => inputs["targetGroupArn"] === group.outputs["arn"])
    .map((attachment) => targetText(records, attachment));
  return attached.includes(called)
    ? `function ${called}`
    : `stopped: it leads to ${attached.join(", ") || "nothing"}`;
}

function isPermitted(records: Records, attachment: RecordedResource): boolean {
  const { targetGroupArn } = attachment.inputs;
  const called = targetText(records, attachment);
  return ofType(records, FUNCTION_PERMISSION).some(
    (permission) =>
      permission.inputs["principal"] === balancing &&
      [undefined, targetGroupArn].includes(text(permission, "sourceArn")) &&
      calledBy(permission, "function") === called,
  );
}

function groupText(records: Records, attachment: RecordedResource): string {
  const arn = attachment.inputs["targetGroupArn"];
  return `call: target group ${referred(records, TARGET_GROUP, arn, attachment, "arn").name}`;
}

/** A function and its alias, as what points to it names them. */
function calledBy(resource: RecordedResource, input: "functionName" | "function"): string {
  const qualifier = text(resource, "qualifier");
  return `${requiredText(resource, input)}${qualifier === undefined ? "" : `:${qualifier}`}`;
}

/** A function and its alias, as an attachment names them: by ARN. */
function targetText(records: Records, attachment: RecordedResource): string {
  const arn = attachment.inputs["targetId"];
  const alias = ofType(records, FUNCTION_ALIAS).find(({ outputs }) => outputs["arn"] === arn);
  if (alias) return `${requiredText(alias, "functionName")}:${requiredText(alias, "name")}`;
  const found = referred(records, FUNCTION, arn, attachment, "arn");
  return requiredText(found, "name", found.outputs);
}
