/** The program's network on this machine: `pnpm twin aws`, and whether it and reachability agree. */
import { translateAws } from "@sorted/infra-check/aws";
import { testTwin } from "@sorted/twin/system/twin-checks";
import { test } from "tap";
import { recordsOf } from "../test/guarantees.ts";
import { declare } from "./twin.ts";

testTwin(test, {
  cloud: "aws",
  configurations: ["least", "threeZones", "noNat", "existingVpc"],
  topologyOf: async (configuration) => translateAws(await recordsOf(configuration)),
  declare,
});
