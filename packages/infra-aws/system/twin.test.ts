/** The program's network on this machine: `pnpm twin aws`, and whether it and the trace of the network agree. */
import { join } from "node:path";
import { translateAws } from "@sorted/infra-check/aws";
import { keepsAgreement, keepsPromises, leavesNothing, noticesDisagreement } from "@sorted/twin";
import { test } from "tap";
import { recordsOf } from "../test/guarantees.ts";
import { declare } from "./twin.ts";

for (const configuration of ["least", "threeZones", "noNat", "existingVpc"] as const)
  test(`${configuration}: the twin and the trace agree`, async (t) =>
    keepsAgreement(t, translateAws(await recordsOf(configuration))));

test("without the instances' security groups they would not", async (t) =>
  noticesDisagreement(t, translateAws(await recordsOf("least"))));

test("a zone gone and a new image cost no request", (t) => keepsPromises(t, declare));

const command = [join(import.meta.dirname, "..", "..", "..", "scripts", "twin.ts"), "aws"];

for (const signal of ["SIGINT", "SIGKILL"] as const)
  test(`after ${signal} nothing is left behind`, (t) => leavesNothing(t, command, signal));
