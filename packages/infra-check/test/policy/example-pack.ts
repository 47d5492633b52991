/** A policy pack of all rules, as each program has one; tests start it. */
import { PolicyPack } from "@pulumi/policy";
import { awsRules } from "../../src/aws/policy/rules.ts";
import { toPolicies } from "../../src/policy/pack.ts";

new PolicyPack("example", { policies: toPolicies(awsRules) });
