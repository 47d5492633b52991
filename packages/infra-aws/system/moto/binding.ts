/** How one type of Pulumi's resources is made by calls of AWS's API, as the real provider does. */
import type { ResourceType, TagSpecification } from "@aws-sdk/client-ec2";
import type { Unwrap } from "@pulumi/pulumi";
import type { Properties, Value } from "@sorted/infra-check";
import type { Existing, Wanted } from "@sorted/infra-check/engine";

export interface Binding {
  create(wanted: Wanted): Promise<{ readonly id: string; readonly outputs: Properties }>;
  update(existing: Existing, inputs: Properties): Promise<Properties>;
  delete(existing: Existing): Promise<void>;
}

/** Outputs beyond the inputs, as AWS answered. */
type Answers = Readonly<Record<string, Value | undefined>>;

interface Calls<Args> {
  create(inputs: Unwrap<Args>): Promise<{ readonly id: string | undefined } & Answers>;
  /** Without it an update is refused. */
  update?(id: string, inputs: Unwrap<Args>, before: Unwrap<Args>): Promise<Answers | undefined>;
  /** Without it the resource is gone with another. */
  delete?(id: string, inputs: Unwrap<Args>): Promise<unknown>;
}

/** @typeParam Args the arguments of the resource's class in `@pulumi/aws` */
export function binding<Args>(calls: Calls<Args>): Binding {
  return {
    async create({ type, inputs }) {
      const { id, ...answers } = await calls.create(typed(inputs));
      if (id === undefined) throw new Error(`AWS gave no ID to a ${type}`);
      return { id, outputs: { ...inputs, ...known(answers) } };
    },
    async update({ type, id, inputs: before, outputs }, inputs) {
      if (!calls.update) throw new Error(`The stand-in provider can't update a ${type}`);
      const answers = await calls.update(id, typed(inputs), typed(before));
      return { ...outputs, ...inputs, ...known(answers ?? {}) };
    },
    async delete({ id, inputs }) {
      await calls.delete?.(id, typed(inputs));
    },
  };
}

/** The engine hands over JSON; that it fits the type is what the program's own compilation has checked. */
function typed<Args>(inputs: Properties): Args {
  return JSON.parse(JSON.stringify(inputs));
}

function known(answers: Answers): Properties {
  const entries = Object.entries(answers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return Object.fromEntries(entries);
}

/** Tags as AWS's API has them. */
export function tagList(
  tags: Readonly<Record<string, string>> | undefined,
): { Key: string; Value: string }[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags for something of EC2, as the calls that create it take them. */
export function tagSpecifications(
  ResourceType: ResourceType,
  tags: Readonly<Record<string, string>> | undefined,
): TagSpecification[] {
  return [{ ResourceType, Tags: tagList(tags) }];
}

/** The first of a list that AWS answers for one thing. */
export function first<T>(list: readonly T[] | undefined): T {
  const [found] = list ?? [];
  if (found === undefined) throw new Error("AWS answered with an empty list");
  return found;
}
