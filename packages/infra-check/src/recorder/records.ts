/** Typed access to recorded resources; everything that can't be read is an error, never a blank. */
import type { RecordedResource } from "./monitor.ts";
import { isProperties, type Properties, UNKNOWN, type Value } from "./value.ts";

/** What the translation can't judge, so that it refuses: a check that ignored it could call an open path closed. */
export class UntranslatableError extends Error {
  constructor(resource: RecordedResource, why: string) {
    super(`${resource.type} "${resource.name}": ${why}`);
    this.name = "UntranslatableError";
  }
}

export type Records = readonly RecordedResource[];

/** The resources of one type. */
export function ofType(records: Records, type: string): Records {
  return records.filter((resource) => resource.type === type);
}

/**
 * The resource that an input refers to.
 *
 * @param by the output that identifies it
 * @throws {UntranslatableError} if it was not recorded, as with an existing network whose records were not passed
 */
export function referred(
  records: Records,
  type: string,
  value: Value | undefined,
  from: RecordedResource,
  by: "id" | "arn" = "id",
): RecordedResource {
  const found = ofType(records, type).find(
    (resource) => (by === "id" ? resource.id : resource.outputs["arn"]) === value,
  );
  if (!found)
    throw new UntranslatableError(
      from,
      `refers to ${type} ${JSON.stringify(value)}, of which nothing is known`,
    );
  return found;
}

/** An input that is text, or `undefined` where the input is not set. */
export function text(
  resource: RecordedResource,
  name: string,
  properties = resource.inputs,
): string | undefined {
  const value = properties[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string" || value === UNKNOWN) {
    throw new UntranslatableError(
      resource,
      `${name} should be a known text, but is ${JSON.stringify(value)}`,
    );
  }
  return value;
}

/** An input that is text and must be set. */
export function requiredText(resource: RecordedResource, name: string, properties = resource.inputs): string {
  const value = text(resource, name, properties);
  if (value === undefined) throw new UntranslatableError(resource, `${name} should be set`);
  return value;
}

/** An input that is a number and must be set. */
export function number(resource: RecordedResource, name: string, properties = resource.inputs): number {
  const value = properties[name];
  if (typeof value !== "number") {
    throw new UntranslatableError(
      resource,
      `${name} should be a known number, but is ${JSON.stringify(value)}`,
    );
  }
  return value;
}

/** The items of an input that is a list; none where the input is not set. */
export function list(
  resource: RecordedResource,
  name: string,
  properties = resource.inputs,
): readonly Value[] {
  const value = properties[name] ?? [];
  if (!Array.isArray(value)) {
    throw new UntranslatableError(
      resource,
      `${name} should be a known list, but is ${JSON.stringify(value)}`,
    );
  }
  return value;
}

/** The items of an input that is a list of objects. */
export function objects(
  resource: RecordedResource,
  name: string,
  properties = resource.inputs,
): readonly Properties[] {
  return list(resource, name, properties).filter(isProperties);
}

/** A nested object; an empty one where the input is not set. */
export function nested(value: Value | undefined): Properties {
  return isProperties(value) ? value : {};
}

/**
 * Refuses inputs that would open paths of which the translation knows nothing.
 *
 * @throws {UntranslatableError} naming the first that is set
 */
export function refuse(resource: RecordedResource, names: readonly string[], why: string): void {
  const set = names.find((name) => {
    const value = resource.inputs[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "";
  });
  if (set) throw new UntranslatableError(resource, `${set} is not understood: ${why}`);
}

/** The id that a deployed resource has. */
export function idOf(resource: RecordedResource): string {
  if (resource.id === undefined)
    throw new UntranslatableError(resource, "has no id: record without `preview`");
  return resource.id;
}

/**
 * Refuses every property but those that the translation knows, and reads or may leave aside.
 *
 * @throws {UntranslatableError} naming the first other one that is set
 */
export function refuseOthers(
  resource: RecordedResource,
  known: readonly string[],
  properties = resource.inputs,
): void {
  const other = Object.entries(properties).find(
    ([name, value]) =>
      !known.includes(name) && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  if (other) {
    throw new UntranslatableError(
      resource,
      `${other[0]} is not understood: the translation knows ${known.join(", ")}`,
    );
  }
}
