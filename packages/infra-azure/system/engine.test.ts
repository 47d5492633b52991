/**
 * Shows that Pulumi's real engine takes the program through its life, and what it changes and leaves alone each time.
 * The stand-in provider takes everything, and knows of each type which outputs nobody can know before and which inputs
 * make a new resource. Can't show that Azure accepts anything.
 */
import { fileURLToPath } from "node:url";
import {
  becomes,
  deploysAndGoesAway,
  letsPass,
  namesWrongSetting,
  StackLife,
  stopsMistake,
} from "@sorted/infra-check/system/stack-checks";
import { test } from "tap";
import { memoryAzure, settings, stackOf, stacks } from "./stand-in.ts";

const subject = { stacks, newCloud: memoryAzure };
const balancer = { type: "azure-native:network:LoadBalancer", name: "sorted" };
const scaleSet = { type: "azure-native:compute:VirtualMachineScaleSet", name: "sorted" };
const first = { imageUri: `ghcr.io/someone/sorted@sha256:${"a".repeat(64)}` };
const second = { imageUri: `ghcr.io/someone/sorted@sha256:${"b".repeat(64)}` };

test("the life of a stack", async (t) => {
  const life = await StackLife.begin(t, subject, first);

  t.test("a preview before anything exists shows every resource and makes none", async (t) =>
    life.showsEverything(t),
  );

  t.test("an update in which a resource fails stops, says why, and keeps what it made", (t) =>
    life.stopsAtFailure(t, {
      failing: balancer,
      made: "azure-native:network:VirtualNetwork",
      notMade: scaleSet.type,
    }),
  );

  t.test("the next update makes the rest, and nothing twice", async (t) => {
    await life.makesTheRest(t);
    t.match(await life.stack.outputs(), {
      url: "http://203.0.113.20",
      balancerGroupName: "ServerLB",
      machineGroupName: "ServerVM",
    });
  });

  t.test("an update without a change changes nothing", (t) => life.changesNothing(t));

  t.test("a new image changes the scale set, in place, and nothing else", (t) =>
    life.changes(t, second, ["update compute:VirtualMachineScaleSet sorted"]),
  );

  t.test("more machines take more ports of the balancer, and change when an alert goes off", (t) =>
    life.changes(t, { ...second, maxInstances: 6 }, [
      "update monitor:AutoscaleSetting sorted",
      "update monitor:MetricAlert sorted-most-machines",
      "update network:LoadBalancer sorted",
    ]),
  );

  t.test("a change behind Pulumi's back is found by a refresh, and undone by an update", (t) =>
    life.undoesDrift(t, balancer, { loadBalancingRules: [] }, { loadBalancingRules: [{ frontendPort: 80 }] }),
  );

  t.test("what scaling changed stays as it is", (t) =>
    life.leavesAlone(t, scaleSet, { sku: { name: "Standard_B2als_v2", tier: "Standard", capacity: 4 } }),
  );

  t.test("destroying it leaves nothing, in the cloud and in the state", (t) => life.leavesNothing(t));
});

test("a change of what runs it: from machines to a container app and back", async (t) => {
  const azure = memoryAzure();
  const stack = await stackOf(t, azure, { stack: "compute", settings: settings(first) });
  const modules = () => new Set([...azure.resources.values()].map(({ type }) => type.split(":")[1]));
  const become = (own: Readonly<Record<string, unknown>>) => becomes(t, stack, stacks, own);
  await become(first);
  const machines = modules();

  const app = { compute: "serverless", sshPublicKey: "" };
  const made = await become({ ...first, ...app });
  t.notOk(made.some((step) => / (operationalinsights:Workspace|resources:ResourceGroup) /.test(step)));
  t.same([...modules()].sort(), ["app", "monitor", "operationalinsights", "portal", "resources"]);
  t.match((await stack.outputs())["url"], /^https:\/\/.*\.azurecontainerapps\.io$/);

  t.same(await become({ ...second, ...app }), ["update app:ContainerApp sorted"]);
  await become(second);
  t.same(modules(), machines);
  const { succeeded, output } = await stack.destroy();
  t.ok(succeeded, "it succeeds", { output });
  t.same([...azure.resources.keys()], []);
});

/** In this folder the program builds its image, and fake answers stand for the login to the registry. */
const withRegistry = fileURLToPath(new URL("with-registry", import.meta.url));

test("the example of a stack, try, as a user deploys it", (t) =>
  deploysAndGoesAway(t, subject, { name: "try", folder: withRegistry, url: /^http:\/\/203\.0\.113\.20$/ }));

test("the example of a stack, production, as a user deploys it", (t) =>
  deploysAndGoesAway(t, subject, {
    name: "production",
    folder: withRegistry,
    url: /^https:\/\/sorted\.example\.com$/,
    unprotects: "delete authorization:ManagementLock",
  }));

test("two stacks fit one subscription, by the names of their groups", async (t) => {
  const azure = memoryAzure();
  const names = ["one", "two"] as const;
  for (const stack of names) {
    const groups = { balancerGroup: `lb-${stack}`, machineGroup: `vm-${stack}` };
    const made = await stackOf(t, azure, { stack, settings: settings({ ...first, ...groups }) });
    const { succeeded, output } = await made.up();
    t.ok(succeeded, "it succeeds", { output });
  }
  const ids = [...azure.resources.values()].map(({ id }) => id).filter((id) => id.startsWith("/"));
  const [one, two] = names.map((stack) => ids.filter((id) => id.includes(`-${stack}`)).length);
  t.equal(one, two);
  t.equal(ids.length, Number(one) * 2, "nothing is in both");
});

test("a stack in groups that exist makes none, and leaves them", async (t) => {
  const azure = memoryAzure();
  const groups = { balancerGroup: "lb-staging", machineGroup: "vm-staging", createGroups: false };
  const stack = await stackOf(t, azure, { stack: "staging", settings: settings({ ...first, ...groups }) });
  const made = await stack.up();
  t.ok(made.succeeded, "it succeeds", { output: made.output });
  const types = [...azure.resources.values()].map(({ type }) => type);
  t.ok(types.includes(scaleSet.type));
  t.notOk(types.includes("azure-native:resources:ResourceGroup"));
});

test("a wrong setting stops the preview and is named", (t) =>
  namesWrongSetting(
    t,
    subject,
    { minInstances: 9 },
    /sorted-azure:maxInstances must not be less than minInstances/,
  ));

test("the policy pack", async (t) => {
  const pack = fileURLToPath(new URL("../policy/pack.ts", import.meta.url));

  t.test("lets the program pass, in a preview and in an update", (t) =>
    letsPass(t, subject, { pack, folder: withRegistry }, "sorted-azure@"),
  );

  t.test("stops one with a mistake before what is wrong is made", (t) =>
    stopsMistake(
      t,
      subject,
      { pack, settings: first, folder: fileURLToPath(new URL("with-mistake", import.meta.url)) },
      { finding: "[mandatory]  machines-take-no-password", type: scaleSet.type },
    ),
  );
});
