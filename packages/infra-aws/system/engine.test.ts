/**
 * Shows that Pulumi's real engine takes the program through its life, and what it changes and leaves alone each time.
 * The cloud behind it is a stand-in that takes everything, and knows of each type which outputs nobody can know before
 * and which inputs make a new resource. Can't show that AWS accepts anything: moto.test.ts asks a stricter API.
 */
import { fileURLToPath } from "node:url";
import { test } from "tap";
import { example, inCloud, memoryAws, settings, stackOf } from "./stand-in.ts";

const balancer = "aws:lb/loadBalancer:LoadBalancer";
const first = { imageUri: `ghcr.io/someone/sorted@sha256:${"a".repeat(64)}` };
const second = { imageUri: `ghcr.io/someone/sorted@sha256:${"b".repeat(64)}` };

test("the life of a stack", async (t) => {
  const aws = memoryAws();
  const stack = await stackOf(t, aws, { stack: "life", settings: settings(first) });
  const planned = await stack.preview();

  t.test("a preview before anything exists shows every resource and makes none", async (t) => {
    t.ok(planned.succeeded, "it succeeds", { output: planned.output });
    t.ok(inCloud(planned.steps).every((step) => step.startsWith("create ")));
    t.equal(aws.resources.size, 0);
  });

  t.test("an update in which a resource fails stops, says why, and keeps what it made", async (t) => {
    aws.failing.add(`${balancer}::sorted`);
    const { succeeded, output } = await stack.up();
    t.notOk(succeeded);
    t.match(output, /InsufficientCapacity: the cloud has none left/);
    const made = [...aws.resources.values()].map(({ type }) => type);
    t.ok(made.includes("aws:ec2/vpc:Vpc"), "what doesn't need it is there");
    t.notOk(made.includes("aws:autoscaling/group:Group"), "what needs it is not");
    t.same((await stack.types()).filter((type) => type.startsWith("aws:")).sort(), made.sort());
  });

  t.test("the next update makes the rest, and nothing twice", async (t) => {
    aws.failing.clear();
    const before = aws.resources.size;
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.ok(inCloud(steps).every((step) => step.startsWith("create ")));
    t.equal(inCloud(steps).length, inCloud(planned.steps).length - before);
    t.equal(aws.resources.size, inCloud(planned.steps).length);
    const url = String((await stack.outputs())["url"]);
    t.match(url, /^http:\/\/sorted-[0-9a-f]{7}\.eu-central-1\.elb\.amazonaws\.com$/);
  });

  t.test("an update without a change changes nothing", async (t) => {
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(steps, []);
  });

  t.test("a new image changes the launch template and the group, in place", async (t) => {
    stack.configure(settings(second));
    const changes = [
      "update autoscaling/group:Group sorted",
      "update ec2/launchTemplate:LaunchTemplate sorted",
    ];
    t.same(inCloud((await stack.preview()).steps), changes, "a preview knows it");
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), changes);
    const group = [...aws.resources.values()].find(({ type }) => type === "aws:autoscaling/group:Group");
    t.match(group?.inputs, { launchTemplate: { version: "2" } });
  });

  t.test("a zone more adds its subnets and routes, and replaces nothing", async (t) => {
    stack.configure(settings({ ...second, zones: 3 }));
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), [
      "create ec2/route:Route sorted-private-3",
      "create ec2/routeTable:RouteTable sorted-private-3",
      "create ec2/routeTableAssociation:RouteTableAssociation sorted-private-3",
      "create ec2/routeTableAssociation:RouteTableAssociation sorted-public-3",
      "create ec2/subnet:Subnet sorted-private-3",
      "create ec2/subnet:Subnet sorted-public-3",
      // The template names the networks whose headers the application believes.
      "update autoscaling/group:Group sorted",
      "update ec2/launchTemplate:LaunchTemplate sorted",
      "update ec2/vpcEndpoint:VpcEndpoint sorted-s3",
      "update lb/loadBalancer:LoadBalancer sorted",
    ]);
  });

  t.test("a change behind Pulumi's back is found by a refresh, and undone by an update", async (t) => {
    aws.drift(balancer, "sorted", { idleTimeout: 4000 });
    const refreshed = await stack.refresh();
    t.ok(refreshed.succeeded, "it succeeds", { output: refreshed.output });
    t.match(refreshed.output, /~ 1 updated/);
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), ["update lb/loadBalancer:LoadBalancer sorted"]);
    const found = [...aws.resources.values()].find(({ type }) => type === balancer);
    t.match(found?.inputs, { idleTimeout: 60 });
  });

  t.test("what scaling changed stays as it is", async (t) => {
    aws.drift("aws:autoscaling/group:Group", "sorted", { desiredCapacity: 4 });
    t.ok((await stack.refresh()).succeeded);
    t.same(inCloud((await stack.up()).steps), []);
  });

  t.test("what makes a new resource is replaced, and what refers to it follows", async (t) => {
    stack.configure(settings({ ...second, zones: 3, flowLogs: "all" }));
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), [
      "create-replacement ec2/flowLog:FlowLog sorted-flow",
      "delete-replaced ec2/flowLog:FlowLog sorted-flow",
      "replace ec2/flowLog:FlowLog sorted-flow",
    ]);
  });

  t.test("destroying it leaves nothing, in the cloud and in the state", async (t) => {
    const { succeeded, output } = await stack.destroy();
    t.ok(succeeded, "it succeeds", { output });
    t.same([...aws.resources.keys()], []);
    t.same(await stack.types(), []);
  });
});

test("a change of what runs it: from a fleet to a function and back", async (t) => {
  const aws = memoryAws();
  const image = (digit: string) => ({
    imageUri: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@sha256:${digit.repeat(64)}`,
  });
  const serverless = { compute: "serverless", ...image("a") };
  const stack = await stackOf(t, aws, { stack: "compute", settings: settings(image("a")) });
  const services = () => new Set([...aws.resources.values()].map(({ type }) => type.split("/")[0]));
  const become = async (own: Readonly<Record<string, unknown>>) => {
    stack.configure(settings(own));
    const planned = await stack.preview();
    t.ok(planned.succeeded, "a preview succeeds", { output: planned.output });
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), inCloud(planned.steps), "it does what the preview showed");
    return inCloud(steps);
  };
  await become(image("a"));
  const fleet = services();

  t.notOk((await become(serverless)).some((step) => step.includes("cloudwatch/logGroup:LogGroup sorted ")));
  t.same([...services()].sort(), ["aws:cloudwatch", "aws:iam", "aws:lambda"], "nothing else is left");
  t.match((await stack.outputs())["url"], /^https:\/\/.*\.lambda-url\.eu-central-1\.on\.aws$/);

  t.same(await become({ ...serverless, ...image("b") }), [
    "update lambda/alias:Alias sorted",
    "update lambda/function:Function sorted",
  ]);
  t.same(await become({ ...serverless, ...image("b"), warmInstances: 1 }), [
    "create lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig sorted",
  ]);
  await become({ ...serverless, ...image("b"), endpoint: "loadBalancer" });
  t.notOk([...aws.resources.values()].some(({ type }) => /natGateway|functionUrl|autoscaling/.test(type)));
  await become(image("b"));
  t.same(services(), fleet);
  const { succeeded, output } = await stack.destroy();
  t.ok(succeeded, "it succeeds", { output });
  t.same([...aws.resources.keys()], []);
});

for (const name of ["try", "production"] as const) {
  test(`the example of a stack, ${name}, as a user deploys it`, async (t) => {
    const aws = memoryAws();
    const stack = await stackOf(t, aws, { stack: name, settings: example(name) });
    const planned = await stack.preview();
    t.ok(planned.succeeded, "it succeeds", { output: planned.output });
    const { succeeded, steps, output } = await stack.up();
    t.ok(succeeded, "it succeeds", { output });
    t.same(inCloud(steps), inCloud(planned.steps), "it makes what the preview showed");
    const url = String((await stack.outputs())["url"]);
    t.match(url, name === "try" ? /^http:\/\// : /^https:\/\/sorted\.example\.com$/);

    const destroyed = await stack.destroy();
    if (name === "try") {
      t.ok(destroyed.succeeded, "it succeeds", { output: destroyed.output });
      t.equal(aws.resources.size, 0);
      return;
    }
    t.notOk(destroyed.succeeded, "it is protected");
    t.equal(aws.resources.size, inCloud(steps).length, "nothing was deleted");
    stack.configure(example(name).replace("protect: true", "protect: false"));
    t.ok((await stack.up()).succeeded);
    t.ok((await stack.destroy()).succeeded);
    t.equal(aws.resources.size, 0);
  });
}

test("a wrong setting stops the preview and is named", async (t) => {
  const stack = await stackOf(t, memoryAws(), { stack: "wrong", settings: settings({ minInstances: 9 }) });
  const { succeeded, output } = await stack.preview();
  t.notOk(succeeded);
  t.match(output, /sorted-aws:maxInstances must not be less than minInstances/);
});

test("the policy pack", async (t) => {
  const pack = ["--policy-pack", fileURLToPath(new URL("../policy/pack.ts", import.meta.url))];

  t.test("lets the program pass, in a preview and in an update", async (t) => {
    const stack = await stackOf(t, memoryAws(), { stack: "good", settings: settings() });
    for (const { succeeded, output } of [await stack.preview(...pack), await stack.up(...pack)]) {
      t.ok(succeeded, "it succeeds", { output });
      t.match(output, "sorted-aws@");
    }
  });

  t.test("stops one with a mistake before what is wrong is made", async (t) => {
    const folder = fileURLToPath(new URL("open-metadata", import.meta.url));
    const aws = memoryAws();
    const stack = await stackOf(t, aws, { stack: "bad", settings: settings(), folder });
    for (const { succeeded, output } of [await stack.preview(...pack), await stack.up(...pack)]) {
      t.notOk(succeeded);
      t.match(output, "[mandatory]  metadata-needs-a-token  (aws:ec2:LaunchTemplate: sorted)");
    }
    t.notMatch([...aws.resources.keys()].join("\n"), "aws:ec2/launchTemplate");
    t.ok((await stack.preview()).succeeded, "without the pack nothing stops it");
  });
});
