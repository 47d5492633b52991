/** What the checks must know of AWS. */
export { awsCallers } from "./callers.ts";
export { awsCalls } from "./calls.ts";
export { aws, declared } from "./cloud.ts";
export { toCloudFormation } from "./cloud-formation/template.ts";
export { awsFacts } from "./facts.ts";
export { awsRules } from "./policy/rules.ts";
export { toTerraform } from "./terraform.ts";
export { translateAws } from "./translate.ts";
