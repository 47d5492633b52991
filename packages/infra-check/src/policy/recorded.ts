/** Recorded resources as subjects of rules. */
import type { RecordedResource } from "../recorder/monitor.ts";
import { type Subject, typesBefore } from "./rule.ts";

/** All resources that a cloud would hold; components are left out. */
export function subjectsOf(records: readonly RecordedResource[]): readonly Subject[] {
  const byUrn = new Map(records.map((record) => [record.urn, record]));
  const dependenciesOf = ({ options }: RecordedResource) =>
    options.dependencies.flatMap((urn) => byUrn.get(urn) ?? []);
  return records
    .filter(({ custom }) => custom)
    .map((record) => ({
      type: record.type,
      name: record.name,
      props: record.inputs,
      ignoreChanges: record.options.ignoreChanges,
      after: typesBefore(record, dependenciesOf),
    }));
}
