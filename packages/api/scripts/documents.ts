import { configSchema } from "../src/config.ts";
import { errorsMarkdown } from "../src/errors-page.ts";

/** The documents that are made from the source: their paths in the repository, and what they must say. */
export function documents(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/errors.md", errorsMarkdown()],
    ["docs/settings.md", settingsMarkdown()],
  ]);
}

function settingsMarkdown(): string {
  const { properties } = configSchema(Number.POSITIVE_INFINITY);
  const rows = Object.entries(properties).map(([name, setting]) => {
    const value = "default" in setting ? setting.default : "";
    const description = "description" in setting ? setting.description : "";
    return `| \`${name}\` | \`${value}\` | ${description} |`;
  });
  return [
    "# Settings of the service",
    "",
    "Each is an environment variable. A wrong one stops the service at its start, with a message that names it.",
    "",
    "| setting | default | meaning |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
