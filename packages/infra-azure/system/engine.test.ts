/**
 * Shows that Pulumi's real engine takes the program through its life, and what it changes and leaves alone each time.
 * The stand-in provider knows of each type which outputs nobody can know before and which inputs make a new resource. It
 * judges the order of calls and what updates send, as far as stand-in.ts says. Can't show that Azure accepts anything.
 */
import { fileURLToPath } from "node:url";
import type { MemoryCloud } from "@sorted/infra-check/engine";
import {
  becomes,
  deploysAndGoesAway,
  letsPass,
  namesWrongSetting,
  StackLife,
  stopsMistake,
} from "@sorted/infra-check/system/stack-checks";
import { test } from "tap";
import { configurations } from "../test/configurations.ts";
import { MemoryAzure, settings, stackOf, stacks } from "./stand-in.ts";

const subject = { stacks, newCloud: () => new MemoryAzure() };
const balancer = { type: "azure-native:network:LoadBalancer", name: "sorted" };
const scaleSet = { type: "azure-native:compute:VirtualMachineScaleSet", name: "sorted" };
const first = { imageUri: `ghcr.io/someone/sorted@sha256:${"a".repeat(64)}` };
const third = { imageUri: `ghcr.io/someone/sorted@sha256:${"c".repeat(64)}` };
const second = { imageUri: `ghcr.io/someone/sorted@sha256:${"b".repeat(64)}` };

const { applicationGateway } = configurations;

/** The one scale set in a cloud. */
function scaleSetIn(azure: MemoryCloud) {
  const found = [...azure.resources.values()].find(({ type }) => type === scaleSet.type);
  if (found) return found;
  throw new Error("There is no scale set");
}

/** What autoscale does. */
function scaledTo(azure: MemoryCloud, capacity: number): void {
  azure.drift(scaleSet.type, scaleSet.name, {
    sku: { name: "Standard_B2als_v2", tier: "Standard", capacity },
  });
}

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

  t.test("an update sends as many machines as scaling has made, also without a refresh", async (t) => {
    scaledTo(life.cloud, 4);
    await life.changes(t, first, ["update compute:VirtualMachineScaleSet sorted"]);
    t.hasStrict(scaleSetIn(life.cloud).inputs, { sku: { capacity: 4 } });
    await life.changesNothing(t);
  });

  t.test("more machines take more ports of the balancer, and change when an alert goes off", (t) =>
    life.changes(t, { ...first, maxInstances: 6 }, [
      "update monitor:AutoscaleSetting sorted",
      "update monitor:MetricAlert sorted-most-machines",
      "update network:LoadBalancer sorted",
    ]),
  );

  t.test("a change behind Pulumi's back is found by a refresh, and undone by an update", (t) =>
    life.undoesDrift(t, balancer, { loadBalancingRules: [] }, { loadBalancingRules: [{ frontendPort: 80 }] }),
  );

  t.test("what scaling changed stays as it is", (t) =>
    life.leavesAlone(t, scaleSet, { sku: { name: "Standard_B2als_v2", tier: "Standard", capacity: 5 } }),
  );

  t.test("destroying it leaves nothing, in the cloud and in the state", (t) => life.leavesNothing(t));
});

test("a change of what runs it: from machines to a container app and back", async (t) => {
  const azure = new MemoryAzure();
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

test("the roll-out of an image", async (t) => {
  const azure = new MemoryAzure();
  const stack = await stackOf(t, azure, { stack: "roll-out", settings: settings(first) });
  t.ok((await stack.up()).succeeded);

  t.test(
    "an update asks the machines after it has sent the model, and ends when all are new and healthy",
    async (t) => {
      azure.journal.length = 0;
      await becomes(t, stack, stacks, second);
      const sent = azure.journal.indexOf("update compute:VirtualMachineScaleSet sorted");
      const asked = azure.journal.findLastIndex((step) => /^ask .*virtualMachines$/.test(step));
      t.ok(sent >= 0 && asked > sent, "in this order", { journal: azure.journal });
      t.equal((await stack.outputs())["imageUri"], second.imageUri);
    },
  );

  t.test("one that Azure gives up fails, and the output still names the image that serves", async (t) => {
    azure.upgradesEnd = "Faulted";
    stack.configure(settings(third));
    const { succeeded, output } = await stack.up();
    t.notOk(succeeded);
    t.match(
      output,
      /The rolling upgrade ended as Faulted\. .* To go back, run: pulumi up --config "imageUri=\$\(pulumi stack output imageUri\)"/,
    );
    t.notMatch(output, "unhandled");
    t.equal((await stack.outputs())["imageUri"], second.imageUri);
  });

  t.test("nor does a later update say that the machines run what they don't", async (t) => {
    stack.configure(settings({ ...third, logRetentionDays: 60 }));
    const { succeeded, output } = await stack.up();
    t.notOk(succeeded);
    t.match(output, /2 of 2 machines are of an earlier model/);
    t.equal((await stack.outputs())["imageUri"], second.imageUri);
  });

  t.test("going back needs no upgrade where the old machines are still there", async (t) => {
    const served = (await stack.outputs())["imageUri"];
    stack.configure(settings(third));
    const { succeeded, output } = await stack.up("--config", `imageUri=${served}`);
    t.ok(succeeded, "it succeeds", { output });
    t.equal((await stack.outputs())["imageUri"], second.imageUri);
  });

  t.test("after that, the upgrade that failed is of no importance any more", async (t) => {
    stack.configure(settings({ ...second, logRetentionDays: 90 }));
    const { succeeded, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
  });
});

test("another way in: the old one goes when no machine belongs to it any more", async (t) => {
  const azure = new MemoryAzure();
  const stack = await stackOf(t, azure, { stack: "ingress", settings: settings(first) });
  t.ok((await stack.up()).succeeded);
  azure.journal.length = 0;
  stack.configure(settings({ ...first, ...applicationGateway }));
  const { succeeded, output } = await stack.up();
  t.ok(succeeded, "it succeeds", { output });
  const asked = azure.journal.findLastIndex((step) => /^ask .*virtualMachines$/.test(step));
  t.ok(azure.journal.indexOf("delete network:LoadBalancer sorted") > asked, "in this order", {
    journal: azure.journal,
  });
});

test("the example of a stack, try, as a user deploys it", (t) =>
  deploysAndGoesAway(t, subject, { name: "try", url: /^http:\/\/203\.0\.113\.20$/ }));

test("the example of a stack, production, as a user deploys it", (t) =>
  deploysAndGoesAway(t, subject, {
    name: "production",
    url: /^https:\/\/sorted\.example\.com$/,
    unprotects: "delete authorization:ManagementLock",
  }));

test("two stacks fit one subscription, by the names of their groups", async (t) => {
  const azure = new MemoryAzure();
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
  const azure = new MemoryAzure();
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
    letsPass(t, subject, { pack }, "sorted-azure@"),
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
