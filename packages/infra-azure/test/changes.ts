/** Changes for the worse of what the program declares, to show that checks find them. */
import type { Records } from "./guarantees.ts";

/** From what is declared to what would be with a mistake. */
export type Change = (records: Records) => Records;

/**
 * The same records with one piece of a type's inputs, as JSON, put in place of another.
 *
 * @throws if there is no such piece: a change that changes nothing would show nothing
 */
export function replaced(records: Records, type: string, from: RegExp, to: string): Records {
  const all = records.filter((resource) => resource.type === type);
  if (!all.some(({ inputs }) => JSON.stringify(inputs).search(from) >= 0))
    throw new Error(`Nothing to replace: ${from}`);
  return records.map((resource) =>
    resource.type === type
      ? { ...resource, inputs: JSON.parse(JSON.stringify(resource.inputs).replace(from, to)) }
      : resource,
  );
}

/** A change of one type of resource, by a piece of its inputs as JSON. */
export function replace(type: string, from: RegExp, to: string): Change {
  return (records) => replaced(records, type, from, to);
}
