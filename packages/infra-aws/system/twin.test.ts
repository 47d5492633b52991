/** The program's network on this machine: `pnpm twin aws`, and whether it and the trace of the network agree. */
import { join } from "node:path";
import { translateAws } from "@sorted/infra-kit/testing";
import { keepsAgreement, leavesNothing, noticesDisagreement } from "@sorted/twin";
import { test } from "tap";
import { recordsOf } from "../test/promises.ts";

for (const configuration of ["least", "threeZones", "noNat", "existingVpc"] as const)
  test(`${configuration}: the twin and the trace agree`, async (t) =>
    keepsAgreement(t, translateAws(await recordsOf(configuration))));

test("without the instances' security groups they would not", async (t) =>
  noticesDisagreement(t, translateAws(await recordsOf("least"))));

const command = [join(import.meta.dirname, "..", "..", "..", "scripts", "twin.ts"), "aws"];

for (const signal of ["SIGINT", "SIGKILL"] as const)
  test(`after ${signal} nothing is left behind`, (t) => leavesNothing(t, command, signal));
