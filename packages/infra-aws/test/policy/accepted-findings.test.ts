/** Shows what can be shown without the scanners: that they can be asked, and that no reason is for something long gone. */
import { labelOf } from "@sorted/infra-check";
import { toCloudFormation, toTerraform } from "@sorted/infra-check/aws";
import { test } from "tap";
import { acceptedFindings } from "../../policy/accepted-findings.ts";
import { type Configuration, configurations, record } from "../configurations.ts";

for (const configuration of Object.keys(configurations) as Configuration[]) {
  test(`${configuration}: the forms that scanners read have every type`, async (t) => {
    const { resources } = await record(configuration);
    t.doesNotThrow(() => toTerraform(resources));
    t.doesNotThrow(() => toCloudFormation(resources));
  });
}

test("each resource whose findings are accepted is declared by some configuration", async (t) => {
  const declared = new Set<string>();
  for (const configuration of Object.keys(configurations) as Configuration[])
    for (const resource of (await record(configuration)).resources) declared.add(labelOf(resource));
  const ofTrust = /^Policy pipeline-/;
  for (const { check, resources } of acceptedFindings)
    for (const resource of resources)
      if (!ofTrust.test(resource)) t.ok(declared.has(resource), `${check} ${resource}`);
});
