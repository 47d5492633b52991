/** The documents about AWS that are made from the source, or hold parts that are. */
import { readFileSync } from "node:fs";
import { settingsTable, withPart } from "@sorted/infra-check";
import { deployPolicy } from "../src/trust/deploy-policy.ts";

/** The documents: their paths in the repository, and what they must say. */
export function documents(): ReadonlyMap<string, string> {
  const settings = settingsTable(read("packages/infra-aws/Pulumi.yaml"));
  return new Map([
    ["docs/aws.md", withPart(read("docs/aws.md"), "settings", settings)],
    ["docs/aws-deploy-policy.json", `${JSON.stringify(deployPolicy(), null, 2)}\n`],
  ]);
}

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}
