/** What scanners find in a program, and which of it is accepted. */

/** One thing that a scanner says is wrong with one resource. */
export interface Finding {
  /** The scanner's name of the check, such as `CKV_AWS_158`. */
  readonly check: string;
  /** The scanner's words. */
  readonly says: string;
  /** What it is about, by {@link labelOf}. */
  readonly resource: string;
  /** The configuration of the program in which it was found. */
  readonly configuration: string;
}

/** A finding that stays, and why. */
export interface AcceptedFinding extends Pick<Finding, "check" | "says"> {
  /** The resources that it is accepted for; for any other one it is not. */
  readonly resources: readonly string[];
  /** The only configurations in which it is accepted. Default: all. */
  readonly only?: readonly string[];
  /** Whole sentences for people who see the finding and wonder. */
  readonly reason: string;
}

/** A resource as people call it, such as `LoadBalancer sorted`: its kind, and its name in the program. */
export function labelOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type.slice(type.lastIndexOf(":") + 1)} ${name}`;
}

/** Declared resources in a form that scanners read. */
export interface Translation {
  readonly text: string;
  /** The {@link labelOf} of each resource by what the text calls it. */
  readonly labels: ReadonlyMap<string, string>;
}

/** The findings that nobody has accepted, a line each. */
export function unexplained(
  findings: readonly Finding[],
  accepted: readonly AcceptedFinding[],
): readonly string[] {
  return findings
    .filter((finding) => !accepted.some((acceptance) => accepts(acceptance, finding)))
    .map(({ check, says, resource, configuration }) => `${check} ${says}: ${resource} in ${configuration}`)
    .sort();
}

/** What was accepted and is found no more, a line each: what no longer holds must not excuse what comes later. */
export function outdated(
  findings: readonly Finding[],
  accepted: readonly AcceptedFinding[],
): readonly string[] {
  return accepted.flatMap((acceptance) => {
    const found = findings.filter((finding) => accepts(acceptance, finding));
    const resources = new Set(found.map(({ resource }) => resource));
    const configurations = new Set(found.map(({ configuration }) => configuration));
    return [
      ...acceptance.resources.filter((resource) => !resources.has(resource)),
      ...(acceptance.only ?? []).filter((configuration) => !configurations.has(configuration)),
    ].map((missing) => `${acceptance.check} ${acceptance.says}: ${missing}`);
  });
}

function accepts({ check, says, resources, only }: AcceptedFinding, finding: Finding): boolean {
  return (
    check === finding.check &&
    says === finding.says &&
    resources.includes(finding.resource) &&
    (only?.includes(finding.configuration) ?? true)
  );
}
