/** Declared resources of AWS as a template of CloudFormation: the form in which AWS publishes what each property takes. */
import type { RecordedResource } from "../../recorder/monitor.ts";
import { type Records, UntranslatableError } from "../../recorder/records.ts";
import { isList, isProperties, type Properties, type Value } from "../../recorder/value.ts";
import { labelOf, type Translation } from "../../scan/finding.ts";
import { given, type Part, spelled, types, type Whole } from "./types.ts";

/** Maps with keys that are the program's own, or documents of another service's form: none of their names changes. */
const verbatim = ["Variables", "PolicyDocument", "AssumeRolePolicyDocument", "RepositoryPolicyText"];

/** Types for which `Ref` returns the ARN, and which have no attribute `Arn`. */
const refIsArn = /:(Alias|Certificate|Listener|ListenerRule|LoadBalancer|TargetGroup|Topic)$/;

/** CloudFormation's attributes by Pulumi's outputs. All others are what `Ref` returns, or are not referred to. */
const attributes: Readonly<Record<string, string>> = {
  allocationId: "AllocationId",
  arn: "Arn",
  dnsName: "DNSName",
  zoneId: "CanonicalHostedZoneID",
};

/**
 * The template that makes what is declared.
 *
 * @throws {UntranslatableError} for a type that the translation doesn't know
 */
export function toCloudFormation(records: Records): Translation {
  const ours = records.filter(({ type }) => type.startsWith("aws:"));
  const byUrn = new Map(ours.map((record) => [record.urn, record]));
  const resources = ours.flatMap((record) => {
    const type = typeOf(record);
    if (type === undefined || "of" in type) return [];
    const id = logicalId(record);
    const inputs = withReferences(record, byUrn);
    const parts = ours.flatMap((other) => partOf(record, other, byUrn));
    const own = {
      type: type.type,
      properties: { ...given(type.adapt(inputs)), ...Object.assign({}, ...parts) },
    };
    const beside = type.beside?.(inputs, { Ref: id });
    return [[id, own] as const, ...(beside ? [[`${id}Beside`, beside] as const] : [])].map(
      ([id, { type, properties }]) => [id, { Type: type, Properties: capitalised(properties) }] as const,
    );
  });
  return {
    text: JSON.stringify({
      AWSTemplateFormatVersion: "2010-09-09",
      Resources: Object.fromEntries(resources),
    }),
    labels: new Map(ours.map((record) => [logicalId(record), labelOf(record)])),
  };
}

function typeOf(record: RecordedResource): Whole | Part | undefined {
  const type = record.type.replace("aws:", "");
  if (type in types) return types[type];
  throw new UntranslatableError(record, "its type is missing in src/aws/cloud-formation/types.ts");
}

/** What another resource adds to a resource's properties, in CloudFormation. */
function partOf(
  whole: RecordedResource,
  other: RecordedResource,
  byUrn: ReadonlyMap<string, RecordedResource>,
): readonly Properties[] {
  const type = typeOf(other);
  if (type === undefined || !("of" in type)) return [];
  const urns = other.options.propertyDependencies[type.of] ?? [];
  const isOfWhole = other.inputs[type.of] !== undefined && urns.includes(whole.urn);
  return isOfWhole ? [given(type.adapt(withReferences(other, byUrn)))] : [];
}

/** `LoadBalancerSorted`: letters and digits only. */
function logicalId({ type, name }: RecordedResource): string {
  const words = [type.slice(type.lastIndexOf(":") + 1), ...name.split(/[^A-Za-z0-9]+/)];
  return words.map(capital).join("");
}

/** The inputs, with references to other resources in place of what these compute. */
function withReferences(record: RecordedResource, byUrn: ReadonlyMap<string, RecordedResource>): Properties {
  return Object.fromEntries(
    Object.entries(record.inputs).map(([property, value]) => {
      const urns = record.options.propertyDependencies[property] ?? [];
      const referred = urns
        .flatMap((urn) => byUrn.get(urn) ?? [])
        .filter((target) => typeOf(target) !== undefined);
      return [property, referring(value, referred)];
    }),
  );
}

function referring(value: Value, referred: Records): Value {
  if (isList(value)) return value.map((item) => referring(item, referred));
  if (isProperties(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, referring(item, referred)]));
  }
  if (typeof value !== "string") return value;
  return referred.flatMap((target) => reference(value, target) ?? [])[0] ?? value;
}

/** A reference to the attribute of a resource that has this value, or to the resource itself. */
function reference(value: string, target: RecordedResource): Properties | undefined {
  // An Eip's `Ref` is its address.
  if (value === target.id && !target.type.endsWith(":Eip")) return { Ref: logicalId(target) };
  const outputs = Object.entries(target.outputs).filter(([, output]) => output === value);
  if (outputs.length === 0) return undefined;
  const [attribute] = outputs.flatMap(([output]) => attributes[output] ?? []);
  if (!attribute || (attribute === "Arn" && refIsArn.test(target.type))) return { Ref: logicalId(target) };
  return { "Fn::GetAtt": [logicalId(target), attribute] };
}

/** The same with CloudFormation's capitals, and tags as it takes them. */
function capitalised(value: Value): Value {
  if (isList(value)) return value.map(capitalised);
  if (!isProperties(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([property, item]) => {
      const name = spelled[property] ?? capital(property);
      if (name === "Tags" && isProperties(item)) return [name, tagList(item)];
      return [name, verbatim.includes(name) ? item : capitalised(item)];
    }),
  );
}

function tagList(tags: Properties): Value {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
