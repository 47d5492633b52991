/** Shows that no type is forgotten in the deploy role, and that it allows no more. */
import { test } from "tap";
import { actionsOf, deployRole, pollingActionsOf, watchActions } from "../../src/trust/deploy-role.ts";
import { asked, idIn, record, recordWhere } from "../configurations.ts";

test("the role to deploy knows every type of resource that is declared, and no other", async (t) => {
  const types = new Set<string>();
  for (const configuration of ["least", "everything", "ofACompany", "serverless"] as const) {
    const { resources } = await record(configuration);
    for (const { type, custom } of resources) if (custom) types.add(type);
  }
  t.strictSame(Object.keys(actionsOf).toSorted(), [...types].toSorted());
});

test("the role can watch what it starts: the operations of every service of which something is declared", async (t) => {
  const services = new Set(
    Object.keys(actionsOf)
      .filter((type) => type.startsWith("azure-native:"))
      .map((type) => type.split(":")[1]),
  );
  t.strictSame(Object.keys(pollingActionsOf).toSorted(), [...services].toSorted());
  const { Actions } = deployRole();
  // Where a public address, a machine, a disk, a registry, an environment, a workspace and a group are asked about.
  for (const action of [
    "Microsoft.Network/locations/operations/read",
    "Microsoft.Network/locations/operationResults/read",
    "Microsoft.Compute/locations/operations/read",
    "Microsoft.Compute/locations/diskOperations/read",
    "Microsoft.ContainerRegistry/registries/operationStatuses/read",
    "Microsoft.App/locations/managedEnvironmentOperationStatuses/read",
    "Microsoft.OperationalInsights/locations/operationStatuses/read",
    "Microsoft.Resources/subscriptions/operationResults/read",
  ]) {
    t.ok(Actions.includes(action), action);
  }
});

/** The action that reads a path: its types without the names between them. */
function readOf(path: string): string {
  const [, namespace = "", rest = ""] = /\/providers\/([^/]+)\/(.*)$/.exec(path) ?? [];
  const types = rest.split("/").filter((_, position) => position % 2 === 0);
  return `${namespace}/${types.join("/")}/read`;
}

test("the role can ask what the program asks", async (t) => {
  const machines = [{ vmId: "one", model: undefined, isHealthy: true }];
  const id = idIn("ServerVM", "Compute/virtualMachineScaleSets/sorted");
  const scaleSets = () => [{ id, vmSize: "Standard_B2als_v2", capacity: 1, model: undefined }];
  asked.length = 0;
  await recordWhere({ scaleSets, machines: () => machines }, {}, true);
  const actions = new Set(asked.map(readOf));
  t.ok(actions.size >= 5);
  const { Actions } = deployRole();
  for (const action of actions) {
    t.ok(
      Actions.includes(action) ||
        Actions.some((each) => each.endsWith("/*") && action.startsWith(each.slice(0, -1))),
      action,
    );
  }
});

test("watching changes nothing", async (t) => {
  for (const action of watchActions) t.match(action, /\/read$/);
});

test("the role allows each action once, and none of everything", async (t) => {
  const { Actions } = deployRole();
  t.strictSame(Actions, [...new Set(Actions)]);
  for (const action of [...Object.values(actionsOf), ...Object.values(pollingActionsOf)].flat())
    t.ok(Actions.includes(action), action);
  t.notOk(Actions.some((action) => /^[^/]*\*|^Microsoft\.\w+\/\*/.test(action)));
});
