/** Shows that scaling aims at a load that instances can have for ever, without surplus credits that AWS bills. */
import { test } from "tap";
import { sustainedPercent } from "../../src/fleet/burst.ts";
import { one, record } from "../configurations.ts";

test("what an instance can do for ever, by type", async (t) => {
  t.strictSame(
    ["t4g.nano", "t3.small", "t3a.2xlarge", "t2.xlarge", "c7g.medium", "m7i-flex.large"].map((type) =>
      sustainedPercent([type]),
    ),
    [5, 20, 40, 22.5, 100, 100],
  );
  t.equal(sustainedPercent(["c7g.medium", "t4g.small", "t4g.large"]), 20, "of several the least");
});

/** The load of the processors that scaling aims at. */
async function targetOf(settings: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { inputs } = one(await record(settings), "autoscaling/policy:Policy");
  return JSON.parse(JSON.stringify(inputs["targetTrackingConfiguration"])).targetValue;
}

test("scaling aims at a share of that, so that no surplus credits are billed while it has room", async (t) => {
  t.equal(await targetOf({}), 10);
  t.equal(await targetOf({ cpuPercent: 90 }), 18);
  t.equal(await targetOf({ instanceTypes: ["c7g.large"] }), 50);
  t.equal(await targetOf({ spot: true, instanceTypes: ["c7g.medium", "t4g.small"] }), 10);
});
