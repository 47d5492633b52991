import { configSchema, FORMS } from "../src/config/config.ts";
import { errorsMarkdown } from "../src/http/errors-reference.ts";
import { operationsMarkdown } from "./operations.ts";
import { requestHooksMarkdown } from "./request-hooks.ts";

/** What JSON Schema says of one setting. */
interface Setting {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
}

/** The documents that are made from the source: their paths in the repository, and what they must say. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ["docs/errors.md", errorsMarkdown()],
    ["docs/operations.md", await operationsMarkdown()],
    ["docs/request-hooks.md", await requestHooksMarkdown()],
    ["docs/settings.md", settingsMarkdown()],
  ]);
}

function settingsMarkdown(): string {
  const { properties } = configSchema(Number.POSITIVE_INFINITY);
  const rows = Object.entries(properties).map(([name, schema]) => {
    const { default: value, description, ...rules }: Setting = schema;
    const initial = value === undefined ? "none" : `\`${value}\``;
    return `| \`${name}\` | ${values(rules)} | ${initial} | ${description} |`;
  });
  return [
    "# Settings of the service",
    "",
    "Each is an environment variable. A wrong one stops the service at its start, with a message that names it.",
    "",
    "| setting | values | default | meaning |",
    "|---|---|---|---|",
    ...rows,
    "",
    "Bodies over 64 KiB are sorted in threads, one fewer than there are processors but at least one: `MAX_NUMBERS` and",
    "`MAX_BODY_BYTES` decide how long they wait for each other.",
    "",
  ].join("\n");
}

/** What a setting takes, in words. */
function values({ type, enum: choices, pattern, minimum, maximum }: Setting): string {
  if (choices) return choices.map((choice) => `\`${choice}\``).join(", ");
  if (type === "boolean") return "`true`, `false`";
  if (type !== "integer") return FORMS.get(pattern ?? "") ?? "text";
  return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`;
}
