/** The values of recorded inputs: JSON, with one marker for what only a deployment can know. */
import * as pulumi from "@pulumi/pulumi";
import struct, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

/** A resolved input: plain JSON. */
export type Value = string | number | boolean | null | readonly Value[] | Properties;

/** The inputs or outputs of a resource. */
export interface Properties {
  readonly [name: string]: Value;
}

/** Stands in recorded inputs where a preview has no value yet. */
export const UNKNOWN = "<unknown before deployment>";

/** Whether `value` is an object, not a list. */
export function isProperties(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether `value` is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Decodes an object of Pulumi's wire format; an empty one where there is none. */
export function decodeProperties(wire: object | undefined): Properties {
  return Object.fromEntries(Object.entries({ ...wire }).map(([name, value]) => [name, decode(value)]));
}

/**
 * Decodes Pulumi's wire format: unwraps secrets, turns references to resources into their ids, and unknown values into
 * {@link UNKNOWN}.
 */
function decode(wire: unknown): Value {
  if (wire === pulumi.runtime.unknownValue) return UNKNOWN;
  if (typeof wire === "string" || typeof wire === "number" || typeof wire === "boolean") return wire;
  if (wire === null || wire === undefined) return null;
  if (Array.isArray(wire)) return wire.map(decode);
  return decodeObject(Object.entries(wire));
}

function decodeObject(entries: readonly [string, unknown][]): Value {
  const wire = new Map(entries);
  const signature = wire.get(pulumi.runtime.specialSigKey);
  if (signature === pulumi.runtime.specialSecretSig) return decode(wire.get("value"));
  if (signature === pulumi.runtime.specialResourceSig) return decode(wire.get("id") || wire.get("urn"));
  return decodeProperties(Object.fromEntries(entries));
}

/** Encodes an object in Pulumi's wire format, with its own mark of a value that isn't known yet. */
export function encodeProperties(properties: Properties): struct.Struct {
  return struct.Struct.fromJavaScript(
    Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, encode(value)])),
  );
}

function encode(value: Value): JavaScriptValue {
  if (value === UNKNOWN) return pulumi.runtime.unknownValue;
  if (isList(value)) return value.map(encode);
  if (isProperties(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, encode(item)]));
  return value;
}
