/** The parts of a balancer, which refer to each other by their IDs: that of the balancer, their collection, their name. */
import type { RecordedResource } from "../recorder/monitor.ts";
import { idOf, nested, objects, requiredText, UntranslatableError } from "../recorder/records.ts";
import type { Properties } from "../recorder/value.ts";

/** The ID of a part. */
export function subResourceId(resource: RecordedResource, collection: string, name: string): string {
  return `${idOf(resource)}/${collection}/${name}`;
}

/**
 * The part that a property refers to.
 *
 * @param from the part that has the property
 * @param collection of the parts, which is also the name of the input that lists them
 * @throws {UntranslatableError} if the balancer has no such part
 */
export function subResourceAt(
  resource: RecordedResource,
  from: Properties,
  property: string,
  collection: string,
): Properties {
  const id = requiredText(resource, "id", nested(from[property]));
  const found = objects(resource, collection).find(
    (part) => subResourceId(resource, collection, requiredText(resource, "name", part)) === id,
  );
  if (!found)
    throw new UntranslatableError(
      resource,
      `${property} refers to ${id}, which is none of its ${collection}`,
    );
  return found;
}
