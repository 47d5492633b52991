import { settingsFor } from "../src/config/settings.ts";
import { errorsMarkdown } from "./errors.ts";
import { operationsMarkdown } from "./operations.ts";
import { postmanCollection } from "./postman-collection.ts";
import { requestHooksMarkdown } from "./request-hooks.ts";

/** The documents that are made from the source: paths in the repository, with their contents. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ["docs/errors.md", errorsMarkdown()],
    ["docs/operations.md", await operationsMarkdown()],
    ["docs/request-hooks.md", await requestHooksMarkdown()],
    ["docs/settings.md", settingsMarkdown()],
    ["docs/sorted.postman_collection.json", postmanCollection()],
  ]);
}

function settingsMarkdown(): string {
  const settings = settingsFor(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const rows = Object.entries(settings).map(([name, { values, description, ...setting }]) => {
    const initial = "default" in setting ? String(setting.default) : "";
    return `| \`${name}\` | ${values} | ${initial === "" ? "none" : `\`${initial}\``} | ${description} |`;
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
