/**
 * Shows that Pulumi's real engine takes the program through its life, and what it changes and leaves alone each time.
 * The stand-in provider knows of each type which outputs nobody can know before and which inputs make a new resource, and
 * refuses some of what AWS refuses. Can't show that AWS accepts the rest: moto.test.ts asks a stricter API.
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
import { memoryAws, settings, stacks } from "./stand-in.ts";

const subject = { stacks, newCloud: memoryAws };
const balancer = { type: "aws:lb/loadBalancer:LoadBalancer", name: "sorted" };
const group = { type: "aws:autoscaling/group:Group", name: "sorted" };
const first = { imageUri: `ghcr.io/someone/sorted@sha256:${"a".repeat(64)}` };
const second = { imageUri: `ghcr.io/someone/sorted@sha256:${"b".repeat(64)}` };

/** The group as the cloud has it. */
const groupIn = ({ resources }: MemoryCloud) =>
  [...resources.values()].find(({ type }) => type === group.type)?.inputs;

test("the life of a stack", async (t) => {
  const life = await StackLife.begin(t, subject, first);

  t.test("a preview before anything exists shows every resource and makes none", async (t) =>
    life.showsEverything(t),
  );

  t.test("an update in which a resource fails stops, says why, and keeps what it made", (t) =>
    life.stopsAtFailure(t, { failing: balancer, made: "aws:ec2/vpc:Vpc", notMade: group.type }),
  );

  t.test("the next update makes the rest, and nothing twice", async (t) => {
    await life.makesTheRest(t);
    const url = String((await life.stack.outputs())["url"]);
    t.match(url, /^http:\/\/sorted-[0-9a-f]{7}\.eu-central-1\.elb\.amazonaws\.com$/);
  });

  t.test("an update without a change changes nothing", (t) => life.changesNothing(t));

  t.test("a new image changes the launch template in place, and then the group", async (t) => {
    const before = life.cloud.log.length;
    await life.changes(t, second, ["update ec2/launchTemplate:LaunchTemplate sorted"]);
    t.strictSame(life.cloud.log.slice(before), [
      "update aws:ec2/launchTemplate:LaunchTemplate userData",
      "StartInstanceRefresh 2",
      "Successful",
      "saved 2",
    ]);
    t.match(groupIn(life.cloud), { launchTemplate: { version: "2" } });
  });

  t.test("a zone more adds its subnets and routes, and replaces nothing", (t) =>
    life.changes(t, { ...second, zones: 3 }, [
      "create ec2/route:Route sorted-private-3",
      "create ec2/routeTable:RouteTable sorted-private-3",
      "create ec2/routeTableAssociation:RouteTableAssociation sorted-private-3",
      "create ec2/routeTableAssociation:RouteTableAssociation sorted-public-3",
      "create ec2/subnet:Subnet sorted-private-3",
      "create ec2/subnet:Subnet sorted-public-3",
      "update autoscaling/group:Group sorted",
      // It names the networks whose headers the application believes.
      "update ec2/launchTemplate:LaunchTemplate sorted",
      "update ec2/vpcEndpoint:VpcEndpoint sorted-s3",
      "update lb/loadBalancer:LoadBalancer sorted",
    ]),
  );

  t.test("a refresh learns which version of the template the group has", async (t) => {
    const { succeeded, output } = await life.stack.refresh();
    t.ok(succeeded, "it succeeds", { output });
    await life.changesNothing(t);
  });

  t.test("a change behind Pulumi's back is found by a refresh, and undone by an update", (t) =>
    life.undoesDrift(t, balancer, { idleTimeout: 4000 }, { idleTimeout: 60 }),
  );

  t.test("what scaling changed stays as it is", (t) => life.leavesAlone(t, group, { desiredCapacity: 4 }));

  t.test("what makes a new resource is replaced, and what refers to it follows", (t) =>
    life.changes(t, { ...second, zones: 3, flowLogs: "all" }, [
      "create-replacement ec2/flowLog:FlowLog sorted-flow",
      "delete-replaced ec2/flowLog:FlowLog sorted-flow",
      "replace ec2/flowLog:FlowLog sorted-flow",
    ]),
  );

  t.test("destroying it leaves nothing, in the cloud and in the state", (t) => life.leavesNothing(t));
});

test("the roll-out of a new image is a part of `pulumi up`", async (t) => {
  const aws = memoryAws();
  const stack = await stacks.stackOf(t, aws, { stack: "roll-out", settings: settings(first) });
  const third = { imageUri: `ghcr.io/someone/sorted@sha256:${"c".repeat(64)}` };
  const up = async (own: Readonly<Record<string, unknown>>) => {
    stack.configure(settings(own));
    const before = aws.log.length;
    const { succeeded, output } = await stack.up();
    return { succeeded, output, log: aws.log.slice(before) };
  };
  t.match(await up(first), { succeeded: true, log: [] });

  t.test("one that fails makes it fail, and leaves the group what it had", async (t) => {
    aws.api.courses.set("2", ["RollbackSuccessful"]);
    const { succeeded, output, log } = await up(second);
    t.notOk(succeeded);
    t.match(output, "The instance refresh ended as RollbackSuccessful");
    t.notOk(
      log.some((line) => line.startsWith("saved") || line.includes("autoscaling/group")),
      log.join(),
    );
    t.match(groupIn(aws), { launchTemplate: { version: "1" } });
    t.match(await stack.outputs(), first, "the stack's outputs name the image that runs");
  });

  t.test("the next one tries again, also without a change", async (t) => {
    aws.api.courses.delete("2");
    const { succeeded, output, log } = await up(second);
    t.ok(succeeded, "it succeeds", { output });
    t.strictSame(log, ["StartInstanceRefresh 2", "Successful", "saved 2"]);
    t.match(await stack.outputs(), second);
  });

  t.test("a setting of the group does not send the first model again", async (t) => {
    const { succeeded, output, log } = await up({ ...second, maxInstances: 5 });
    t.ok(succeeded, "it succeeds", { output });
    t.strictSame(log, ["update aws:autoscaling/group:Group maxSize"]);
    t.match(groupIn(aws), { maxSize: 5, launchTemplate: { version: "2" } });
  });

  t.test("the least number of instances changes while more of them run", async (t) => {
    aws.drift(group.type, group.name, { desiredCapacity: 4 });
    const { succeeded, output } = await up({ ...second, maxInstances: 5, minInstances: 3 });
    t.ok(succeeded, "it succeeds", { output });
    t.match(groupIn(aws), { minSize: 3, desiredCapacity: 4 });
  });

  t.test("going back is one setting, and a roll-out like any other", async (t) => {
    const { succeeded, output, log } = await up({ ...third, maxInstances: 5, minInstances: 3 });
    t.ok(succeeded, "it succeeds", { output });
    t.strictSame(log.slice(1), ["StartInstanceRefresh 3", "Successful", "saved 3"]);
  });

  t.test("from one instance type to spot instances of several, and back", async (t) => {
    const spot = { ...second, spot: true, instanceTypes: ["t4g.small", "c7g.medium"] };
    t.match(await up(spot), { succeeded: true });
    t.match(groupIn(aws), {
      mixedInstancesPolicy: {
        launchTemplate: { overrides: [{ instanceType: "t4g.small" }, { instanceType: "c7g.medium" }] },
      },
    });
    t.match(await up(second), { succeeded: true });
    t.match(groupIn(aws), { mixedInstancesPolicy: null });
  });
});

test("what faces the Internet waits for the internet gateway, however slow it is", async (t) => {
  const aws = memoryAws();
  aws.slow.set("aws:ec2/internetGateway:InternetGateway", 2000);
  const own = settings({ ...first, nat: "perZone", accessLogs: false });
  const stack = await stacks.stackOf(t, aws, { stack: "slow", settings: own });
  const { succeeded, output } = await stack.up();
  t.ok(succeeded, "it succeeds", { output });
});

test("a change of what runs it: from a fleet to a function and back", async (t) => {
  const aws = memoryAws();
  const image = (digit: string) => ({
    imageUri: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/sorted@sha256:${digit.repeat(64)}`,
  });
  const serverless = { compute: "serverless", ...image("a") };
  const stack = await stacks.stackOf(t, aws, { stack: "compute", settings: settings(image("a")) });
  const services = () => new Set([...aws.resources.values()].map(({ type }) => type.split("/")[0]));
  const become = (own: Readonly<Record<string, unknown>>) => becomes(t, stack, stacks, own);
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

test("the example of a stack, try, as a user deploys it", (t) =>
  deploysAndGoesAway(t, subject, { name: "try", url: /^http:\/\// }));

test("the example of a stack, production, as a user deploys it", (t) =>
  deploysAndGoesAway(t, subject, { name: "production", url: /^https:\/\/sorted\.example\.com$/ }));

test("a wrong setting stops the preview and is named", (t) =>
  namesWrongSetting(
    t,
    subject,
    { minInstances: 9 },
    /sorted-aws:maxInstances must not be less than minInstances/,
  ));

test("the policy pack", async (t) => {
  const pack = fileURLToPath(new URL("../policy/pack.ts", import.meta.url));

  t.test("lets the program pass, in a preview and in an update", (t) =>
    letsPass(t, subject, { pack }, "sorted-aws@"),
  );

  t.test("stops one with a mistake before what is wrong is made", (t) =>
    stopsMistake(
      t,
      subject,
      { pack, folder: fileURLToPath(new URL("open-metadata", import.meta.url)) },
      {
        finding: "[mandatory]  metadata-needs-a-token  (aws:ec2:LaunchTemplate: sorted)",
        type: "aws:ec2/launchTemplate",
      },
    ),
  );
});
