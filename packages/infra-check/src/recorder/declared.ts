/** Records made by hand: to add to recorded ones what a program doesn't declare, or to change what it does. */
import type { RecordedCloud } from "./cloud.ts";
import { idOf, type RecordedResource } from "./monitor.ts";
import type { Properties } from "./value.ts";

/**
 * Makes resources of one cloud as the recorder would return them.
 *
 * @example
 * const declared = declaredIn(aws);
 * declared("aws:ec2/eip:Eip", "address", { domain: "vpc" }).id // "address-id"
 */
export function declaredIn(cloud: Pick<RecordedCloud, "outputs">) {
  return (type: string, name: string, inputs: Properties): RecordedResource => {
    const computed = cloud.outputs({ type, name, inputs });
    return {
      type,
      name,
      urn: `urn:pulumi:test::sorted::${type}::${name}`,
      parent: undefined,
      custom: true,
      id: idOf(name, computed),
      inputs,
      outputs: { ...inputs, ...computed },
      options: {
        protect: false,
        retainOnDelete: false,
        deleteBeforeReplace: false,
        ignoreChanges: [],
        replaceOnChanges: [],
        dependencies: [],
        propertyDependencies: {},
        provider: undefined,
      },
    };
  };
}

/** Which records to change: of a type, and of a name where there are several. */
export interface Selection {
  readonly type: string;
  readonly name?: string;
}

/**
 * Records with other inputs in some of them.
 *
 * @throws if no record is selected: a change that changes nothing would show nothing
 */
export function changed(
  records: readonly RecordedResource[],
  selection: Selection,
  inputs: Properties,
): readonly RecordedResource[] {
  selected(records, selection);
  return records.map((record) =>
    isSelected(record, selection)
      ? { ...record, inputs: { ...record.inputs, ...inputs }, outputs: { ...record.outputs, ...inputs } }
      : record,
  );
}

/**
 * Records without some of them.
 *
 * @throws if no record is selected
 */
export function without(
  records: readonly RecordedResource[],
  selection: Selection,
): readonly RecordedResource[] {
  selected(records, selection);
  return records.filter((record) => !isSelected(record, selection));
}

/**
 * The first of the selected records.
 *
 * @throws if there is none
 */
export function selected(records: readonly RecordedResource[], selection: Selection): RecordedResource {
  const found = records.find((record) => isSelected(record, selection));
  if (!found) throw new Error(`No record is a ${selection.type} ${selection.name ?? ""}`);
  return found;
}

function isSelected(record: RecordedResource, { type, name }: Selection): boolean {
  return record.type === type && (name === undefined || record.name === name);
}
