/** All rules for Azure. */
import { buildRules } from "../../policy/build.ts";
import type { Rule } from "../../policy/rule.ts";
import { accessRules } from "./access.ts";
import { applicationGatewayRules } from "./application-gateway.ts";
import { containerAppRules } from "./container-app.ts";
import { fleetRules } from "./fleet.ts";
import { groupRules } from "./groups.ts";
import { loadBalancerRules } from "./load-balancer.ts";
import { machineRules } from "./machines.ts";
import { networkRules } from "./network.ts";
import { observabilityRules } from "./observability.ts";

/** Each is a mistake that somebody made, with the reason why it is one. */
export const azureRules: readonly Rule[] = [
  ...groupRules,
  ...networkRules,
  ...accessRules,
  ...loadBalancerRules,
  ...applicationGatewayRules,
  ...machineRules,
  ...fleetRules,
  ...containerAppRules,
  ...observabilityRules,
  ...buildRules,
];
