/** What the checks must know of Azure. */
export { azureCallers } from "./callers.ts";
export { azure, declared } from "./cloud.ts";
export { azureFacts } from "./facts.ts";
export { azureRules } from "./policy/rules.ts";
export { translateAzure } from "./translate.ts";
