/** Parts of documents that are made from a program's own files, so that they can't say anything else. */
import { parse } from "yaml";
import type { Rule } from "./policy/rule.ts";
import type { AcceptedFinding } from "./scan/finding.ts";

/** A setting as Pulumi.yaml describes it; one without a default has to be set. */
interface Setting {
  readonly description: string;
  readonly type: string;
  readonly default?: unknown;
}

/**
 * Puts parts between their marks, which Markdown doesn't show: `<!-- NAME: … -->` and `<!-- end of NAME -->`.
 *
 * @param parts by their names
 * @throws if the document lacks the marks of a part
 */
export function withParts(document: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => withPart(text, name, part), document);
}

function withPart(document: string, name: string, part: string): string {
  const marks = new RegExp(`(<!-- ${name}: .* -->\n).*(<!-- end of ${name} -->)`, "s");
  if (!marks.test(document)) throw new Error(`The document has no part ${name}`);
  return document.replace(marks, (_, start: string, end: string) => `${start}\n${part}\n${end}`);
}

/**
 * The settings of a program as a table in Markdown.
 *
 * @param project the text of its Pulumi.yaml
 * @param scopes by the names of settings: where only they have an effect, in words
 */
export function settingsTable(project: string, scopes: Readonly<Record<string, string>>): string {
  const { config }: { config: Record<string, Setting> } = parse(project);
  const rows = Object.entries(config).map(
    ([name, setting]) =>
      `| \`${name}\` | ${setting.type} | ${byDefault(setting)} | ${scopes[name] ?? ""} | ${setting.description} |`,
  );
  return ["| setting | type | default | only | meaning |", "|---|---|---|---|---|", ...rows, ""].join("\n");
}

function byDefault(setting: Setting): string {
  if (setting.default === undefined) return "_needed_";
  const text = typeof setting.default === "string" ? setting.default : JSON.stringify(setting.default);
  return text === "" ? "" : `\`${text}\``;
}

/**
 * The page of the rules that a program keeps.
 *
 * @param cloud as people call it
 * @param folder the program's, in `packages`
 */
export function rulesPage(cloud: string, folder: string, rules: readonly Rule[]): string {
  return `# Rules for ${cloud}

Each of these is a mistake that ${cloud}, Pulumi and the type-checker let pass. The tests hold the program to them in every
configuration. As a policy pack they hold any Pulumi program to them, and stop a preview or an update that breaks one:

\`\`\`
cd packages/${folder}
pnpm exec pulumi up --policy-pack policy/pack.ts
\`\`\`

A preview can't judge what depends on a value that only ${cloud} knows, such as the digest of an image that is not built yet;
Pulumi says so, and the update judges it. The pack runs on Node 22.18 or newer, which \`pnpm exec\` brings.

This page is made from the rules: \`pnpm documents\`.

| rule | why |
|---|---|
${rules.map(({ name, reason }) => `| \`${name}\` | ${reason} |\n`).join("")}`;
}

/**
 * The page of what scanners find in a program and what stays.
 *
 * @param cloud as people call it
 * @param folder the program's, in `packages`
 * @param scanners which look at it, in Markdown
 */
export function findingsPage(
  cloud: string,
  folder: string,
  scanners: string,
  accepted: readonly AcceptedFinding[],
): string {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
  const rows = accepted.map(
    ({ check, says, resources, only = [], reason }) =>
      `| \`${check}\` ${says} | ${code(resources)} | ${code(only)} | ${reason} |\n`,
  );
  return `# What scanners find on ${cloud}

The system checks translate what the program declares in several configurations, the example for production among them, and
what the trust of a pipeline declares, for ${scanners}.
All that these find is below, with the reason why it stays. A finding without a reason fails the check, and so does a reason
without a finding: \`npx pnpm@12 test:system scanners\`.

Where configurations are named, the finding is accepted in these only:
[scanners.test.ts](../packages/${folder}/system/scanners.test.ts) has them.

This page is made from [accepted-findings.ts](../packages/${folder}/policy/accepted-findings.ts): \`pnpm documents\`.

| finding | of | only in | why it stays |
|---|---|---|---|
${rows.join("")}`;
}
