/**
 * Shows that Pulumi's real engine takes the program through its life, and what it changes and leaves alone each time.
 * The cloud behind it is a stand-in that takes everything, and knows of each type which outputs nobody can know before
 * and which inputs make a new resource. Can't show that Azure accepts anything.
 */
import { fileURLToPath } from "node:url";
import { test } from "tap";
import { example, inCloud, memoryAzure, settings, stackOf } from "./stand-in.ts";

const balancer = "azure-native:network:LoadBalancer";
const scaleSet = "azure-native:compute:VirtualMachineScaleSet";
const first = { imageUri: `ghcr.io/someone/sorted@sha256:${"a".repeat(64)}` };
const second = { imageUri: `ghcr.io/someone/sorted@sha256:${"b".repeat(64)}` };

test("the life of a stack", async (t) => {
  const azure = memoryAzure();
  const stack = await stackOf(t, azure, { stack: "life", settings: settings(first) });
  const planned = await stack.preview();

  t.test("a preview before anything exists shows every resource and makes none", async (t) => {
    t.ok(planned.succeeded, "it succeeds", { output: planned.output });
    t.ok(inCloud(planned.steps).every((step) => step.startsWith("create ")));
    t.equal(azure.resources.size, 0);
  });

  t.test("an update in which a resource fails stops, says why, and keeps what it made", async (t) => {
    azure.failing.add(`${balancer}::sorted`);
    const { succeeded, output } = await stack.up();
    t.notOk(succeeded);
    t.match(output, /InsufficientCapacity: the cloud has none left/);
    const made = [...azure.resources.values()].map(({ type }) => type);
    t.ok(made.includes("azure-native:network:VirtualNetwork"), "what doesn't need it is there");
    t.notOk(made.includes(scaleSet), "what needs it is not");
    t.same((await stack.types()).filter((type) => type.startsWith("azure-native:")).sort(), made.sort());
  });

  t.test("the next update makes the rest, and nothing twice", async (t) => {
    azure.failing.clear();
    const before = azure.resources.size;
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.ok(inCloud(steps).every((step) => step.startsWith("create ")));
    t.equal(inCloud(steps).length, inCloud(planned.steps).length - before);
    t.equal(azure.resources.size, inCloud(planned.steps).length);
    t.match(await stack.outputs(), {
      url: "http://203.0.113.20",
      balancerGroupName: "ServerLB",
      machineGroupName: "ServerVM",
    });
  });

  t.test("an update without a change changes nothing", async (t) => {
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(steps, []);
  });

  t.test("a new image changes the scale set, in place, and nothing else", async (t) => {
    stack.configure(settings(second));
    const changes = ["update compute:VirtualMachineScaleSet sorted"];
    t.same(inCloud((await stack.preview()).steps), changes, "a preview knows it");
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), changes);
  });

  t.test("more machines take more ports of the balancer, and change when an alert goes off", async (t) => {
    stack.configure(settings({ ...second, maxInstances: 6 }));
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), [
      "update monitor:AutoscaleSetting sorted",
      "update monitor:MetricAlert sorted-most-machines",
      "update network:LoadBalancer sorted",
    ]);
  });

  t.test("a change behind Pulumi's back is found by a refresh, and undone by an update", async (t) => {
    azure.drift(balancer, "sorted", { loadBalancingRules: [] });
    const refreshed = await stack.refresh();
    t.ok(refreshed.succeeded, "it succeeds", { output: refreshed.output });
    t.match(refreshed.output, /~ 1 updated/);
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), ["update network:LoadBalancer sorted"]);
    const found = [...azure.resources.values()].find(({ type }) => type === balancer);
    t.match(found?.inputs, { loadBalancingRules: [{ frontendPort: 80 }] });
  });

  t.test("what scaling changed stays as it is", async (t) => {
    azure.drift(scaleSet, "sorted", { sku: { name: "Standard_B2als_v2", tier: "Standard", capacity: 4 } });
    t.ok((await stack.refresh()).succeeded);
    t.same(inCloud((await stack.up()).steps), []);
  });

  t.test("destroying it leaves nothing, in the cloud and in the state", async (t) => {
    const { succeeded, output } = await stack.destroy();
    t.ok(succeeded, "it succeeds", { output });
    t.same([...azure.resources.keys()], []);
    t.same(await stack.types(), []);
  });
});

test("a change of what runs it: from machines to a container app and back", async (t) => {
  const azure = memoryAzure();
  const stack = await stackOf(t, azure, { stack: "compute", settings: settings(first) });
  const modules = () => new Set([...azure.resources.values()].map(({ type }) => type.split(":")[1]));
  const become = async (own: Readonly<Record<string, unknown>>) => {
    stack.configure(settings(own));
    const planned = await stack.preview();
    t.ok(planned.succeeded, "a preview succeeds", { output: planned.output });
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), inCloud(planned.steps), "it does what the preview showed");
    return inCloud(steps);
  };
  await become(first);
  const machines = modules();

  const made = await become({ ...first, compute: "serverless" });
  t.notOk(made.some((step) => / (operationalinsights:Workspace|resources:ResourceGroup) /.test(step)));
  t.same([...modules()].sort(), ["app", "monitor", "operationalinsights", "portal", "resources"]);
  t.match((await stack.outputs())["url"], /^https:\/\/.*\.azurecontainerapps\.io$/);

  t.same(await become({ ...second, compute: "serverless" }), ["update app:ContainerApp sorted"]);
  await become(second);
  t.same(modules(), machines);
  const { succeeded, output } = await stack.destroy();
  t.ok(succeeded, "it succeeds", { output });
  t.same([...azure.resources.keys()], []);
});

/** In this folder the program builds its image, and asks a stand-in for the login to the registry. */
const withRegistry = fileURLToPath(new URL("with-registry", import.meta.url));

for (const name of ["try", "production"] as const) {
  test(`the example of a stack, ${name}, as a user deploys it`, async (t) => {
    const azure = memoryAzure();
    const stack = await stackOf(t, azure, { stack: name, settings: example(name), folder: withRegistry });
    const planned = await stack.preview();
    t.ok(planned.succeeded, "it succeeds", { output: planned.output });
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), inCloud(planned.steps), "it makes what the preview showed");
    const { url } = await stack.outputs();
    t.equal(url, name === "try" ? "http://203.0.113.20" : "https://sorted.example.com");

    const destroyed = await stack.destroy();
    if (name === "try") {
      t.ok(destroyed.succeeded, "it succeeds", { output: destroyed.output });
      t.equal(azure.resources.size, 0);
      return;
    }
    t.notOk(destroyed.succeeded, "it is protected");
    t.equal(azure.resources.size, inCloud(steps).length, "nothing was deleted");
    stack.configure(example(name).replace("protect: true", "protect: false"));
    const unprotected = await stack.up();
    t.ok(unprotected.succeeded, "it succeeds", { output: unprotected.output });
    t.match(
      inCloud(unprotected.steps).join("\n"),
      "delete authorization:ManagementLock",
      "the locks go first",
    );
    t.ok((await stack.destroy()).succeeded);
    t.equal(azure.resources.size, 0);
  });
}

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

test("a wrong setting stops the preview and is named", async (t) => {
  const wrong = settings({ minInstances: 9 });
  const stack = await stackOf(t, memoryAzure(), { stack: "wrong", settings: wrong });
  const { succeeded, output } = await stack.preview();
  t.notOk(succeeded);
  t.match(output, /sorted-azure:maxInstances must not be less than minInstances/);
});

test("the policy pack", async (t) => {
  const pack = ["--policy-pack", fileURLToPath(new URL("../policy/pack.ts", import.meta.url))];

  t.test("lets the program pass, in a preview and in an update", async (t) => {
    const stack = await stackOf(t, memoryAzure(), {
      stack: "good",
      settings: settings(),
      folder: withRegistry,
    });
    for (const { succeeded, output } of [await stack.preview(...pack), await stack.up(...pack)]) {
      t.ok(succeeded, "it succeeds", { output });
      t.match(output, "sorted-azure@");
    }
  });

  t.test("stops one with a mistake before what is wrong is made", async (t) => {
    const folder = fileURLToPath(new URL("with-mistake", import.meta.url));
    const azure = memoryAzure();
    const stack = await stackOf(t, azure, { stack: "bad", settings: settings(first), folder });
    for (const { succeeded, output } of [await stack.preview(...pack), await stack.up(...pack)]) {
      t.notOk(succeeded);
      t.match(output, "[mandatory]  machines-take-no-password");
    }
    t.notMatch([...azure.resources.keys()].join("\n"), scaleSet);
    t.ok((await stack.preview()).succeeded, "without the pack nothing stops it");
  });
});
