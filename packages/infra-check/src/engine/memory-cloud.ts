/** A cloud in memory: computes what programs read, refuses what the cloud would, and fails or changes where a test says so. */
import { setTimeout } from "node:timers/promises";
import type { CallAnswer, ComputedOutputs } from "../recorder/monitor.ts";
import type { Properties, Value } from "../recorder/value.ts";
import type { Cloud, Existing, ResourceType, Wanted } from "./cloud.ts";
import { differences } from "./differences.ts";

/** What is particular to one cloud. */
export interface CloudFacts {
  readonly typeOf: (type: string) => ResourceType;
  readonly outputs: ComputedOutputs;
  readonly answers: Readonly<Record<string, CallAnswer>>;
  /** Whether an update sends what has changed in the program, and not the whole resource. Default: false. */
  readonly sendsChanges?: boolean;
  /** Throws what the cloud says where it would not make, or change, a resource so. Default: nothing is refused. */
  readonly refuse?: (wanted: Wanted, there: readonly Existing[]) => void;
}

export class MemoryCloud implements Cloud {
  /** All that is there, by ID within its type. */
  readonly resources = new Map<string, Existing>();
  /** Logical names, with their types, whose creation fails. */
  readonly failing = new Set<string>();
  /** Types of which each takes so many milliseconds to make. */
  readonly slow = new Map<string, number>();
  /** Every change in order, such as `update aws:ec2/vpc:Vpc tags`. */
  readonly log: string[] = [];

  readonly #facts: CloudFacts;
  #made = 0;

  constructor(facts: CloudFacts) {
    this.#facts = facts;
  }

  typeOf(type: string): ResourceType {
    return this.#facts.typeOf(type);
  }

  async answer(token: string, args: Properties): Promise<Properties> {
    const answer = this.#facts.answers[token];
    if (!answer) throw new Error(`No answer for the data source ${token}`);
    return answer(args);
  }

  async create(wanted: Wanted): Promise<Pick<Existing, "id" | "outputs">> {
    const { type, name, inputs } = wanted;
    if (this.failing.has(`${type}::${name}`))
      throw new Error("InsufficientCapacity: the cloud has none left");
    this.#refuse(wanted);
    await setTimeout(this.slow.get(type) ?? 0);
    this.#made += 1;
    const { named } = this.typeOf(type);
    const called = String((named && inputs[named]) ?? `${name}-${this.#made}`);
    const outputs = { ...inputs, ...this.#facts.outputs({ type, name: called, inputs }) };
    const id = typeof outputs["id"] === "string" ? outputs["id"] : called;
    this.resources.set(`${type}::${id}`, { ...wanted, id, outputs });
    return { id, outputs };
  }

  async read({ type, id }: Existing): Promise<Existing | undefined> {
    return this.resources.get(`${type}::${id}`);
  }

  async update(existing: Existing, inputs: Properties): Promise<Properties> {
    const { type, id } = existing;
    this.#refuse({ ...existing, inputs });
    const changed = differences(existing.inputs, inputs);
    this.log.push(`update ${type} ${changed.join(", ")}`);
    const there = this.resources.get(`${type}::${id}`) ?? existing;
    const kept = Object.entries(this.#facts.sendsChanges ? there.inputs : {}).filter(
      ([property]) => !changed.includes(property),
    );
    const now = { ...inputs, ...Object.fromEntries(kept) };
    const outputs = {
      ...existing.outputs,
      ...now,
      ...Object.fromEntries(
        this.typeOf(type).changing.map((output) => [output, next(existing.outputs[output])]),
      ),
    };
    this.resources.set(`${type}::${id}`, { ...existing, inputs: now, outputs });
    return outputs;
  }

  async delete({ type, id }: Existing): Promise<void> {
    this.resources.delete(`${type}::${id}`);
  }

  #refuse(wanted: Wanted): void {
    this.#facts.refuse?.(wanted, [...this.resources.values()]);
  }

  /** Changes a resource behind Pulumi's back, as somebody at a console would. */
  drift(type: string, name: string, inputs: Properties): void {
    const [key, found] =
      [...this.resources].find(([, resource]) => resource.type === type && resource.name === name) ?? [];
    if (key === undefined || found === undefined) throw new Error(`There is no ${type} ${name}`);
    this.resources.set(key, {
      ...found,
      inputs: { ...found.inputs, ...inputs },
      outputs: { ...found.outputs, ...inputs },
    });
  }
}

/** A counter's next value, in the type that it has: a template's version is a number, a function's is text. */
function next(counter: Value | undefined): Value {
  const value = Number(counter) + 1;
  return typeof counter === "string" ? String(value) : value;
}
