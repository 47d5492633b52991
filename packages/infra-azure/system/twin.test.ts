/** The program's network on this machine: `pnpm twin azure`, and whether it and the trace of the network agree. */
import { join } from "node:path";
import { translateAzure } from "@sorted/infra-check/azure";
import { keepsAgreement, keepsPromises, leavesNothing, noticesDisagreement } from "@sorted/twin";
import { test } from "tap";
import { record } from "../test/configurations.ts";
import { declare } from "./twin.ts";

for (const configuration of ["least", "nat", "bastion", "everything"] as const)
  test(`${configuration}: the twin and the trace agree`, async (t) =>
    keepsAgreement(t, translateAzure((await record(configuration)).resources)));

test("without the machines' security groups they would not", async (t) =>
  noticesDisagreement(t, translateAzure((await record("least")).resources)));

test("a zone gone and a new image cost no request", (t) => keepsPromises(t, declare));

const command = [join(import.meta.dirname, "..", "..", "..", "scripts", "twin.ts"), "azure"];

for (const signal of ["SIGINT", "SIGKILL"] as const)
  test(`after ${signal} nothing is left behind`, (t) => leavesNothing(t, command, signal));
