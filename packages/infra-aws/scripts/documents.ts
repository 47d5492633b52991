/** The documents about AWS that are made from the source, or hold parts that are. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { deployPolicy } from "./deploy-policy.ts";

/** The documents: their paths in the repository, and what they must say. */
export function documents(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/aws.md", withPart(read("docs/aws.md"), "settings", settingsTable())],
    ["docs/aws-deploy-policy.json", `${JSON.stringify(deployPolicy(), null, 2)}\n`],
  ]);
}

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}

/**
 * Puts a part between its marks, which Markdown doesn't show.
 *
 * @throws when the document has no such marks: nobody would notice that the part is missing
 */
export function withPart(document: string, name: string, part: string): string {
  const marks = new RegExp(`(<!-- ${name}: .* -->\n).*(<!-- end of ${name} -->)`, "s");
  if (!marks.test(document)) throw new Error(`The document has no part ${name}`);
  return document.replace(marks, (_, start: string, end: string) => `${start}\n${part}\n${end}`);
}

interface Setting {
  readonly description: string;
  readonly type: string;
  readonly default: unknown;
}

function settingsTable(): string {
  const project: { config: Record<string, Setting> } = parse(read("packages/infra-aws/Pulumi.yaml"));
  const rows = Object.entries(project.config).map(([name, setting]) => {
    const byDefault = typeof setting.default === "string" ? setting.default : JSON.stringify(setting.default);
    return `| \`${name}\` | ${setting.type} | ${byDefault === "" ? "" : `\`${byDefault}\``} | ${setting.description} |`;
  });
  return ["| setting | type | default | meaning |", "|---|---|---|---|", ...rows, ""].join("\n");
}
