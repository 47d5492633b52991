/** Shows that the documents made from the source are not stale, and that no type is forgotten in the deploy policy. */
import { readFileSync } from "node:fs";
import { test } from "tap";
import { documents } from "../../scripts/documents.ts";
import { actionsOf, deployPolicy } from "../../src/trust/deploy-policy.ts";
import { configurations, record } from "../configurations.ts";

for (const [path, content] of documents()) {
  test(`${path} says what the source says (else: pnpm documents)`, async (t) => {
    t.equal(readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8"), content);
  });
}

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
