/** The page of the rules that the program keeps, made from the rules themselves. */
import { rulesPage } from "@sorted/infra-check";
import { azureRules } from "@sorted/infra-check/azure";

/** Where it lies in the repository. */
export const rulesPath = "docs/azure-rules.md";

/** The page as it must be. */
export function rulesDocument(): string {
  return rulesPage("Azure", "infra-azure", azureRules);
}
