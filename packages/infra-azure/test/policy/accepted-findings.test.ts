/** Shows what can be shown without the scanner: that it can be asked, and that no reason is for something long gone. */
import { labelOf } from "@sorted/infra-check";
import { test } from "tap";
import { acceptedFindings } from "../../policy/accepted-findings.ts";
import { toTemplate } from "../../system/scan/template.ts";
import { type Configuration, configurations, record } from "../configurations.ts";

for (const configuration of Object.keys(configurations) as Configuration[]) {
  test(`${configuration}: the template that checkov reads has every type`, async (t) => {
    const { resources } = await record(configuration);
    t.doesNotThrow(() => toTemplate(resources));
  });
}

test("each resource whose findings are accepted is declared by some configuration", async (t) => {
  const declared = new Set<string>();
  for (const configuration of Object.keys(configurations) as Configuration[])
    for (const resource of (await record(configuration)).resources) declared.add(labelOf(resource));
  for (const { check, resources } of acceptedFindings)
    for (const resource of resources) t.ok(declared.has(resource), `${check} ${resource}`);
});
