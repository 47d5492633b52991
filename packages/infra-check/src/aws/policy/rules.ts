/** All rules for AWS. */
import { buildRules } from "../../policy/build.ts";
import type { Rule } from "../../policy/rule.ts";
import { accessRules } from "./access.ts";
import { fleetRules } from "./fleet.ts";
import { functionRules } from "./function.ts";
import { balancerRules } from "./load-balancer.ts";
import { networkRules } from "./network.ts";
import { storageRules } from "./storage.ts";

/** Each is a mistake that somebody made, with the reason why it is one. */
export const awsRules: readonly Rule[] = [
  ...networkRules,
  ...accessRules,
  ...balancerRules,
  ...fleetRules,
  ...functionRules,
  ...storageRules,
  ...buildRules,
];
