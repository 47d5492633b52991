/** Recorded resources as subjects of rules. */
import type { RecordedResource } from "../recorder/monitor.ts";
import type { Subject } from "./rule.ts";

/** All resources that a cloud would hold; components are left out. */
export function subjectsOf(records: readonly RecordedResource[]): readonly Subject[] {
  const typeOf = new Map(records.map(({ urn, type }) => [urn, type]));
  return records
    .filter(({ custom }) => custom)
    .map(({ type, name, inputs, options }) => ({
      type,
      name,
      props: inputs,
      ignoreChanges: options.ignoreChanges,
      after: options.dependencies.flatMap((urn) => typeOf.get(urn) ?? []),
    }));
}
