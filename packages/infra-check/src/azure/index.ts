/** What the checks must know of Azure. */
export {
  type AzureState,
  azureApi,
  type Machine,
  nothingYet,
  type Size,
  sizes,
  type Upgrade,
} from "./api.ts";
export { azureCallers } from "./callers.ts";
export { azure, declared } from "./cloud.ts";
export { azureFacts } from "./facts.ts";
export { azureRules } from "./policy/rules.ts";
export { translateAzure } from "./translate.ts";
