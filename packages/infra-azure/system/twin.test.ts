/** The program's network on this machine: `pnpm twin azure`, and whether it and reachability agree. */
import { translateAzure } from "@sorted/infra-check/azure";
import { testTwin } from "@sorted/twin/system/twin-checks";
import { test } from "tap";
import { record } from "../test/configurations.ts";
import { declare } from "./twin.ts";

testTwin(test, {
  cloud: "azure",
  configurations: ["least", "nat", "bastion", "everything"],
  topologyOf: async (configuration) => translateAzure((await record(configuration)).resources),
  declare,
});
