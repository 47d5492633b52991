/** The documents about Azure that are made from the source, or hold parts that are. */
import { readFileSync } from "node:fs";
import { findingsPage, settingsTable, withParts } from "@sorted/infra-check";
import { fleetCosts, settingsCosts } from "@sorted/infra-costs";
import { scopesInWords } from "@sorted/infra-kit";
import { acceptedFindings } from "../policy/accepted-findings.ts";
import { settings } from "../src/config/config.ts";
import { deployRole } from "../src/trust/deploy-role.ts";
import { networkPicture, picturePath } from "./network-picture.ts";
import { rulesDocument, rulesPath } from "./rules-document.ts";

const scanners = "[checkov](https://www.checkov.io)";

/** The documents: their paths in the repository, and what they must say. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const parts = {
    settings: settingsTable(read("packages/infra-azure/Pulumi.yaml"), scopesInWords(settings)),
    costs: fleetCosts("Azure"),
    "setting costs": settingsCosts("Azure"),
  };
  return new Map([
    ["docs/azure.md", withParts(read("docs/azure.md"), parts)],
    ["docs/azure-deploy-role.json", `${JSON.stringify(deployRole(), null, 2)}\n`],
    ["docs/azure-findings.md", findingsPage("Azure", "infra-azure", scanners, acceptedFindings)],
    [rulesPath, rulesDocument()],
    [picturePath, await networkPicture()],
  ]);
}

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}
