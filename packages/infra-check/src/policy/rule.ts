/** A rule on declared resources: the same code judges recorded ones in tests and real ones in `pulumi up --policy-pack`. */
import { isProperties, type Properties, type Value } from "../recorder/value.ts";

/** A declared resource, from a recording or from Pulumi's engine. */
export interface Subject {
  readonly type: string;
  readonly name: string;
  readonly props: Properties;
  readonly ignoreChanges: readonly string[];
  /** The types of the resources that must exist before it, directly or through others. */
  readonly after: readonly string[];
}

interface BaseRule {
  /** In kebab case; what a report names. */
  readonly name: string;
  /** What goes wrong without it. */
  readonly reason: string;
}

/** A rule on each resource of some types by itself: stops an update before that resource is touched. */
export interface ResourceRule extends BaseRule {
  readonly types: readonly string[];
  /** What is wrong with a resource of one of the types, in words; `undefined` if nothing is. */
  readonly violation: (subject: Subject) => string | undefined;
  /** Resources that keep the rule, and that break it. */
  readonly passes: readonly Example[];
  readonly breaks: readonly Example[];
}

/** The parts of a resource that an example is about; its type is the first of the rule's. */
export type Example = Pick<Subject, "props"> & Partial<Subject>;

/** A rule on how the resources of a stack go together. */
export interface StackRule extends BaseRule {
  /** The types that it is about: without any of them there is nothing to judge. */
  readonly types: readonly string[];
  readonly violations: (subjects: readonly Subject[]) => readonly string[];
  /** Stacks that keep the rule, and that break it. */
  readonly passes: readonly (readonly StackExample[])[];
  readonly breaks: readonly (readonly StackExample[])[];
}

export type StackExample = Pick<Subject, "type"> & Partial<Subject>;

export type Rule = ResourceRule | StackRule;

/** A whole resource of an example. */
export function subjectOf(example: StackExample): Subject {
  return { name: "example", props: {}, ignoreChanges: [], after: [], ...example };
}

/** The types of all that must exist before a resource, directly or through others: each once. */
export function typesBefore<Resource extends { readonly type: string }>(
  resource: Resource,
  dependenciesOf: (resource: Resource) => readonly Resource[],
): readonly string[] {
  const before = new Set<Resource>();
  const collect = (from: Resource) => {
    for (const each of dependenciesOf(from)) {
      if (before.has(each)) continue;
      before.add(each);
      collect(each);
    }
  };
  collect(resource);
  return [...new Set([...before].map(({ type }) => type))];
}

/** What breaks the rule among the resources, each in one line that names the resource. */
export function violationsOf(rule: Rule, subjects: readonly Subject[]): readonly string[] {
  if ("violations" in rule) return rule.violations(subjects);
  return subjects
    .filter(({ type }) => rule.types.includes(type))
    .flatMap((subject) => {
      const violation = rule.violation(subject);
      return violation === undefined ? [] : [`${subject.name}: ${violation}`];
    });
}

/** The objects of a list; none where there is no list. */
export function items(value: Value | undefined): readonly Properties[] {
  return Array.isArray(value) ? value.filter(isProperties) : [];
}

/** The object, or an empty one where there is none. */
export function part(value: Value | undefined): Properties {
  return isProperties(value) ? value : {};
}

/** The words if the condition holds, for a rule's `violation`. */
export function wrongIf(condition: boolean, words: string): string | undefined {
  return condition ? words : undefined;
}
