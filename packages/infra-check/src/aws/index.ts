/** What the checks must know of AWS. */
export {
  AutoScalingApi,
  answered,
  formModel,
  type GroupStore,
  versionOf,
} from "./account/auto-scaling.ts";
export { members, type Tree, treeOf, xml } from "./account/query-form.ts";
export { awsCallers } from "./callers.ts";
export { awsCalls } from "./calls.ts";
export { aws, declared } from "./cloud.ts";
export { toCloudFormation } from "./cloud-formation/template.ts";
export { awsFacts } from "./facts.ts";
export { awsRules } from "./policy/rules.ts";
export { toTerraform } from "./terraform.ts";
export { translateAws } from "./translate.ts";
