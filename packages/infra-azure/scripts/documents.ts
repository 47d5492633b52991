/** The documents about Azure that are made from the source, or hold parts that are. */
import { readFileSync } from "node:fs";
import { settingsTable, withPart } from "@sorted/infra-check";
import { deployRole } from "../src/trust/deploy-role.ts";

/** The documents: their paths in the repository, and what they must say. */
export function documents(): ReadonlyMap<string, string> {
  const settings = settingsTable(read("packages/infra-azure/Pulumi.yaml"));
  return new Map([
    ["docs/azure.md", withPart(read("docs/azure.md"), "settings", settings)],
    ["docs/azure-deploy-role.json", `${JSON.stringify(deployRole(), null, 2)}\n`],
  ]);
}

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}
