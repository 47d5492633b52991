/** The documents about AWS that are made from the source, or hold parts that are. */
import { readFileSync } from "node:fs";
import { findingsPage, settingsTable, withParts } from "@sorted/infra-check";
import { fleetCosts, settingsCosts } from "@sorted/infra-costs";
import { scopesInWords } from "@sorted/infra-kit";
import { acceptedFindings } from "../policy/accepted-findings.ts";
import { settings } from "../src/config/config.ts";
import { deployPolicies } from "../src/trust/deploy-policy.ts";
import { networkPicture, picturePath } from "./network-picture.ts";
import { rulesDocument, rulesPath } from "./rules-document.ts";

const scanners =
  "[checkov](https://www.checkov.io) and [cfn-lint](https://github.com/aws-cloudformation/cfn-lint)";

/** The documents: their paths in the repository, and what they must say. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const parts = {
    settings: settingsTable(read("packages/infra-aws/Pulumi.yaml"), scopesInWords(settings)),
    costs: fleetCosts("AWS"),
    "setting costs": settingsCosts("AWS"),
  };
  return new Map([
    ["docs/aws.md", withParts(read("docs/aws.md"), parts)],
    ...Object.entries(deployPolicies()).map(
      ([part, policy]) =>
        [`docs/aws-deploy-policy/${part}.json`, `${JSON.stringify(policy, null, 2)}\n`] as const,
    ),
    ["docs/aws-findings.md", findingsPage("AWS", "infra-aws", scanners, acceptedFindings)],
    [rulesPath, rulesDocument()],
    [picturePath, await networkPicture()],
  ]);
}

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}
