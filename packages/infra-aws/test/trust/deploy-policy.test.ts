/** Shows that no type is forgotten in the deploy policy, and that it allows no more. */
import { test } from "tap";
import { actionsOf, deployPolicy } from "../../src/trust/deploy-policy.ts";
import { configurations, record } from "../configurations.ts";

test("the policy to deploy knows every type of resource that is declared, and no other", async (t) => {
  const types = new Set<string>();
  for (const settings of Object.values(configurations)) {
    const { resources } = await record(settings);
    for (const { type, custom } of resources) if (custom) types.add(type);
  }
  t.strictSame(Object.keys(actionsOf).toSorted(), [...types].toSorted());
});

test("the policy allows each action once, fits in one managed policy, and passes roles to three services only", async (t) => {
  const { Statement } = deployPolicy();
  const actions = Statement.flatMap(({ Action }) => Action);
  t.strictSame(actions, [...new Set(actions)]);
  for (const action of Object.values(actionsOf).flat()) t.ok(actions.includes(action), action);
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  t.ok(JSON.stringify(deployPolicy()).length <= 6144);
  t.notOk(actions.some((action) => action === "*" || action.endsWith(":*")));
});
