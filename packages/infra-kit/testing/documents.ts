/** Parts of documents that are made from a program's own files, so that they can't say anything else. */
import { parse } from "yaml";

/** A setting as Pulumi.yaml describes it; one without a default has to be set. */
interface Setting {
  readonly description: string;
  readonly type: string;
  readonly default?: unknown;
}

/**
 * Puts a part between its marks, which Markdown doesn't show: `<!-- NAME: … -->` and `<!-- end of NAME -->`.
 *
 * @throws if the document lacks the marks
 */
export function withPart(document: string, name: string, part: string): string {
  const marks = new RegExp(`(<!-- ${name}: .* -->\n).*(<!-- end of ${name} -->)`, "s");
  if (!marks.test(document)) throw new Error(`The document has no part ${name}`);
  return document.replace(marks, (_, start: string, end: string) => `${start}\n${part}\n${end}`);
}

/**
 * The settings of a program as a table in Markdown.
 *
 * @param project the text of its Pulumi.yaml
 */
export function settingsTable(project: string): string {
  const { config }: { config: Record<string, Setting> } = parse(project);
  const rows = Object.entries(config).map(
    ([name, setting]) => `| \`${name}\` | ${setting.type} | ${byDefault(setting)} | ${setting.description} |`,
  );
  return ["| setting | type | default | meaning |", "|---|---|---|---|", ...rows, ""].join("\n");
}

function byDefault(setting: Setting): string {
  if (setting.default === undefined) return "_needed_";
  const text = typeof setting.default === "string" ? setting.default : JSON.stringify(setting.default);
  return text === "" ? "" : `\`${text}\``;
}
