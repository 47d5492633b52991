/** The page of the rules that the program keeps, made from the rules themselves. */
import { rulesPage } from "@sorted/infra-check";
import { awsRules } from "@sorted/infra-check/aws";

/** Where it lies in the repository. */
export const rulesPath = "docs/aws-rules.md";

/** The page as it must be. */
export function rulesDocument(): string {
  return rulesPage("AWS", "infra-aws", awsRules);
}
