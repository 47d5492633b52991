#!/usr/bin/env node
/**
 * The rules as a policy pack: `pulumi up --policy-pack policy/pack.ts` stops where one is broken, by this program or by
 * another. Pulumi runs this file, and Node 22.18 or newer must be on the PATH.
 */
import { PolicyPack } from "@pulumi/policy";
import { toPolicies } from "@sorted/infra-check";
import { azureRules } from "@sorted/infra-check/azure";

new PolicyPack("sorted-azure", { policies: toPolicies(azureRules) });
