/** Shows that no type is forgotten in the deploy role, and that it allows no more. */
import { test } from "tap";
import { actionsOf, deployRole } from "../../src/trust/deploy-role.ts";
import { record } from "../configurations.ts";

test("the role to deploy knows every type of resource that is declared, and no other", async (t) => {
  const types = new Set<string>();
  for (const configuration of ["least", "everything", "serverless"] as const) {
    const { resources } = await record(configuration);
    for (const { type, custom } of resources) if (custom) types.add(type);
  }
  t.strictSame(Object.keys(actionsOf).toSorted(), [...types].toSorted());
});

test("the role allows each action once, and none of everything", async (t) => {
  const { Actions } = deployRole();
  t.strictSame(Actions, [...new Set(Actions)]);
  for (const action of Object.values(actionsOf).flat()) t.ok(Actions.includes(action), action);
  t.notOk(Actions.some((action) => /^[^/]*\*|^Microsoft\.\w+\/\*/.test(action)));
});
