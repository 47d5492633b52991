/**
 * Shows that the recorder returns what a program declares: types, inputs with references resolved, options, outputs.
 * Can't show that the cloud, or Pulumi's provider, accepts it: nothing validates the inputs here.
 */
import * as pulumi from "@pulumi/pulumi";
import { test } from "tap";
import { aws } from "../../src/aws/cloud.ts";
import { type Properties, type RecordOptions, recordProgram, UNKNOWN } from "../../src/index.ts";

const record = (options: RecordOptions) => recordProgram({ cloud: aws, ...options });

class Thing extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;

  constructor(name: string, inputs: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
    super("aws:test/thing:Thing", name, { arn: undefined, ...inputs }, options);
  }
}

class Group extends pulumi.ComponentResource {
  readonly thing: Thing;

  constructor(name: string) {
    super("test:Group", name);
    this.thing = new Thing(
      `${name}-thing`,
      { size: new pulumi.Config().requireNumber("size") },
      { parent: this },
    );
    this.registerOutputs();
  }
}

function program(): Record<string, unknown> {
  const group = new Group("group");
  const { thing } = group;
  const other = new Thing(
    "other",
    {
      target: thing.id,
      text: pulumi.interpolate`to ${thing.arn}`,
      secret: pulumi.secret("hidden"),
      whole: thing,
      component: group,
      list: [1, null],
    },
    { protect: true, ignoreChanges: ["size"], dependsOn: [thing] },
  );
  return { target: other.id, arn: thing.arn };
}

const config = { size: 3 };

test("references between resources resolve to recognisable ids and arns", async (t) => {
  const { resources, outputs } = await record({ config, run: program });
  t.strictSame(
    resources.map(({ type, name, custom }) => [type, name, custom]),
    [
      ["test:Group", "group", false],
      ["aws:test/thing:Thing", "group-thing", true],
      ["aws:test/thing:Thing", "other", true],
    ],
  );
  t.strictSame(resources[1]?.inputs, { size: 3 });
  t.equal(resources[1]?.parent, resources[0]?.urn);
  const arn = "arn:aws:test:eu-central-1:123456789012:thing/group-thing";
  t.strictSame(resources[2]?.inputs, {
    target: "group-thing-id",
    text: `to ${arn}`,
    secret: "hidden",
    whole: "group-thing-id",
    component: resources[0]?.urn,
    list: [1, null],
  });
  t.strictSame(outputs, { target: "other-id", arn });
});

test("without a cloud, resources have ids, and nothing is computed", async (t) => {
  const { resources } = await recordProgram({ config, run: program });
  t.match(resources[1], { id: "group-thing-id", inputs: { size: 3 } });
  t.notHas(resources[1]?.outputs, { arn: String });
});

test("in a preview, what a cloud computes is unknown, and what depends on what is still known", async (t) => {
  const { resources, outputs } = await record({ config, preview: true, run: program });
  const [, thing, other] = resources;
  t.strictSame(thing?.inputs, { size: 3 }, "inputs that depend on nothing are known");
  t.strictSame(other?.inputs, {
    target: UNKNOWN,
    text: UNKNOWN,
    secret: "hidden",
    whole: UNKNOWN,
    component: resources[0]?.urn,
    list: [1, null],
  });
  t.strictSame(other?.options.propertyDependencies["target"], [thing?.urn]);
  t.strictSame(outputs, { target: UNKNOWN, arn: UNKNOWN });
});

test("options are recorded", async (t) => {
  const { resources } = await record({ config, run: program });
  const [, thing, other] = resources;
  t.match(other?.options, { protect: true, ignoreChanges: ["size"], dependencies: [thing?.urn] });
  t.match(thing?.options, { protect: false, ignoreChanges: [], dependencies: [] });
});

test("a program is recorded again under another configuration, simultaneous calls taking turns", async (t) => {
  const sizes = [1, 2, 3].map(async (size) => {
    const { resources } = await record({ config: { size }, run: program });
    return resources[1]?.inputs["size"];
  });
  t.strictSame(await Promise.all(sizes), [1, 2, 3]);
});

test("data sources are answered and recorded; one that has no answer is named", async (t) => {
  const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
  const ask = (name: string) => async () => ({
    answer: await pulumi.runtime.invoke(name, { state: "available" }),
  });
  const { outputs, calls } = await record({ run: ask(token) });
  t.match((outputs["answer"] as Properties)["names"], ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
  t.strictSame(calls, [{ token, inputs: { state: "available" } }]);
  const given = await record({ calls: { [token]: () => ({ names: ["x"] }) }, run: ask(token) });
  t.strictSame(given.outputs, { answer: { names: ["x"] } });
  await t.rejects(
    record({ run: ask("aws:x/unheard:of") }),
    /No answer for the data source aws:x\/unheard:of/,
  );
});

test("settings are the project's own unless they name another, and JSON unless they are text", async (t) => {
  const { outputs } = await record({
    project: "shop",
    stack: "prod",
    config: { "aws:region": "eu-central-1", size: 3, name: "three", zones: ["a", "b"] },
    run: () => {
      const own = new pulumi.Config();
      return {
        of: `${pulumi.getProject()} ${pulumi.getStack()}`,
        region: new pulumi.Config("aws").require("region"),
        size: own.requireNumber("size"),
        name: own.require("name"),
        zones: own.requireObject("zones"),
      };
    },
  });
  t.strictSame(outputs, {
    of: "shop prod",
    region: "eu-central-1",
    size: 3,
    name: "three",
    zones: ["a", "b"],
  });
});

test("resources that only an apply declares are not missed", async (t) => {
  const { resources } = await record({
    run: () => {
      new Thing("first", {}).id.apply((id) => new Thing("second", { id }));
    },
  });
  t.strictSame(
    resources.map(({ name }) => name),
    ["first", "second"],
  );
});

test("what the program throws is what the recorder throws, and the next recording is not affected", async (t) => {
  await t.rejects(record({ run: program }), /Missing required configuration variable 'sorted:size'/);
  await t.rejects(record({ run: () => Promise.reject("not even an error") }), /not even an error/);
  t.equal((await record({ config, run: program })).resources.length, 3);
});

test("two resources of one type and name are an error, as they are to Pulumi's engine", async (t) => {
  await t.rejects(
    record({ run: () => [new Thing("one", {}), new Thing("one", {})].map(({ id }) => id) }),
    /Two resources of one type and name: .*::one$/,
  );
});
