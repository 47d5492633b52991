/** How a program's system checks have it scanned. */
export { cfnLint } from "./cfn-lint.ts";
export { checkov } from "./checkov.ts";
export { scanChecks } from "./scan-checks.ts";
