import { PATTERN_FORMS, settingsSchema } from "../src/config/settings.ts";
import { errorsMarkdown } from "../src/http/errors-reference.ts";
import { operationsMarkdown } from "./operations.ts";
import { requestHooksMarkdown } from "./request-hooks.ts";

/** The JSON Schema of one setting. */
interface Setting {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
}

/** The documents that are made from the source: paths in the repository, with their contents. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ["docs/errors.md", errorsMarkdown()],
    ["docs/operations.md", await operationsMarkdown()],
    ["docs/request-hooks.md", await requestHooksMarkdown()],
    ["docs/settings.md", settingsMarkdown()],
  ]);
}

function settingsMarkdown(): string {
  const { properties } = settingsSchema(Number.POSITIVE_INFINITY);
  const rows = Object.entries(properties).map(([name, schema]) => {
    const { default: value, description, ...rules }: Setting = schema;
    const initial = value === undefined ? "none" : `\`${value}\``;
    return `| \`${name}\` | ${values(rules)} | ${initial} | ${description} |`;
  });
  return [
    "# Settings of the service",
    "",
    "Each setting is an environment variable. If one is wrong, the service does not start, and prints its name and what would be right.",
    "",
    "| setting | values | default | meaning |",
    "|---|---|---|---|",
    ...rows,
    "",
    "The service sorts bodies over 64 KiB in threads: one fewer than there are processors, but at least one. `MAX_NUMBERS` and",
    "`MAX_BODY_BYTES` decide how long such bodies wait for each other.",
    "",
  ].join("\n");
}

/** Describes in words the values that a setting accepts. */
function values({ type, enum: choices, pattern, minimum, maximum }: Setting): string {
  if (choices) return choices.map((choice) => `\`${choice}\``).join(", ");
  if (type === "boolean") return "`true`, `false`";
  if (type !== "integer") return PATTERN_FORMS.get(pattern ?? "") ?? "text";
  return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`;
}
