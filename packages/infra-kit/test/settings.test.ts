import * as pulumi from "@pulumi/pulumi";
import { test } from "tap";
import { z } from "zod";
import {
  anyValue,
  checkedText,
  choice,
  flag,
  integer,
  integerOf,
  list,
  type Refuse,
  readSettings,
  scoped,
  scopesInWords,
  settingType,
  text,
} from "../src/settings.ts";

const schema = z.object({
  count: integer(1, 9, 3),
  period: integerOf([1, 7, 30], 7),
  noisy: flag(false),
  colour: choice(["red", "green"], "green"),
  id: text(/^x-\d+$/, "an ID, such as x-1"),
  even: checkedText((word) => word.length % 2 === 0, "of an even length", "even"),
  names: list((name) => name.startsWith("a"), "names with an a", { byDefault: ["ada"] }),
});

/** Reads the settings of a program that is configured so. */
async function read(
  config: Readonly<Record<string, string>>,
  check?: (given: z.output<typeof schema>, refuse: Refuse<typeof schema.shape>) => void,
) {
  await configure(config);
  return readSettings(schema, check);
}

async function configure(config: Readonly<Record<string, string>>): Promise<void> {
  await pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }, "program");
  pulumi.runtime.setAllConfig(config);
}

const defaults = {
  count: 3,
  period: 7,
  noisy: false,
  colour: "green",
  even: "even",
  names: ["ada"],
};

test("what is not set, or empty, has its default", async (t) => {
  t.strictSame(await read({}), defaults);
  t.strictSame(await read({ "program:count": "", "program:id": "", "program:names": "" }), defaults);
});

test("values are typed", async (t) => {
  const config = {
    "program:count": "9",
    "program:period": "30",
    "program:noisy": "true",
    "program:colour": "red",
    "program:id": "x-17",
    "program:even": "word",
    "program:names": '["anna"]',
  };
  t.strictSame(await read(config), {
    count: 9,
    period: 30,
    noisy: true,
    colour: "red",
    id: "x-17",
    even: "word",
    names: ["anna"],
  });
});

for (const [name, value, message] of [
  ["count", "10", "must be an integer from 1 to 9"],
  ["count", "1.5", "must be an integer from 1 to 9"],
  ["count", "many", "must be an integer from 1 to 9"],
  ["period", "2", "must be one of 1, 7, 30"],
  ["period", '"7"', "must be one of 1, 7, 30"],
  ["noisy", "yes", "must be true or false"],
  ["noisy", "1", "must be true or false"],
  ["colour", "blue", "must be one of red, green"],
  ["id", "y-1", "must be an ID, such as x-1"],
  ["even", "odd", "must be of an even length"],
  ["names", "anna", "must be an array of names with an a"],
  ["names", '["anna", "bob"]', "must be an array of names with an a"],
  ["names", "[1]", "must be an array of names with an a"],
  ["names", '["anna", "ada", "aNNa"]', "has anna twice"],
  ["colours", "red", "is not a setting of this program"],
] as const) {
  test(`${name} ${value}: ${message}`, async (t) => {
    await t.rejects(read({ [`program:${name}`]: value }), {
      message: `These settings are wrong:\n  program:${name} ${message}`,
    });
  });
}

test("all that is wrong is said at once, and Pulumi shows it without a stack trace", async (t) => {
  const refused = read({ "program:count": "0", "program:noisy": "no", "program:typo": "1" });
  const error = await refused.catch((reason: unknown) => reason);
  t.ok(pulumi.RunError.isInstance(error));
  t.equal(String(error).split("\n").length, 4);
});

test("settings can be checked together", async (t) => {
  const refused = read({ "program:count": "4", "program:noisy": "true" }, ({ count, noisy }, refuse) => {
    if (noisy && count > 3) refuse("noisy", "needs a count up to 3");
  });
  await t.rejects(refused, {
    message: "These settings are wrong:\n  program:noisy needs a count up to 3",
  });
});

const limited = z.object({
  engine: choice(["petrol", "electric", "none"], "petrol"),
  trailer: text(/./, "a name"),
  tankLitres: scoped(integer(1, 90, 50), { engine: "petrol" }),
  licence: scoped(text(/./, "a number"), { engine: ["petrol", "electric"], trailer: anyValue }),
  roofBox: scoped(flag(false), { trailer: "" }, { engine: "electric" }),
});

for (const [config, ...messages] of [
  [{ tankLitres: "60" }],
  [{ engine: "electric", tankLitres: "50" }],
  [{ engine: "electric", licence: "7" }],
  [{ engine: "none", trailer: "mule", licence: "7" }],
  [{ engine: "electric", roofBox: "true" }],
  [{ engine: "electric", tankLitres: "60" }, "tankLitres has an effect only with engine petrol"],
  [
    { engine: "none", licence: "7" },
    "licence has an effect only with engine petrol or with engine electric or with trailer",
  ],
  [
    { trailer: "mule", roofBox: "true" },
    "roofBox has an effect only without trailer",
    "roofBox has an effect only with engine electric",
  ],
] as const) {
  test(`a setting without effect is refused: ${JSON.stringify(config)}`, async (t) => {
    await configure(
      Object.fromEntries(Object.entries(config).map(([name, value]) => [`program:${name}`, value])),
    );
    const lines = messages.map((message) => `\n  program:${message}`);
    if (lines.length === 0) t.doesNotThrow(() => readSettings(limited));
    else t.throws(() => readSettings(limited), { message: `These settings are wrong:${lines.join("")}` });
  });
}

test("a scope is said in words", async (t) => {
  const { engine, roofBox } = limited.shape;
  t.strictSame(scopesInWords({ engine, roofBox }), {
    engine: "",
    roofBox: "without trailer, and with engine electric",
  });
});

test("a setting whose default is refused must be set", async (t) => {
  await configure({ "program:key": "k" });
  const needed = z.object({ key: checkedText((key) => key !== "", "a key", "") });
  t.strictSame(readSettings(needed), { key: "k" });
});

test("a setting with a scope keeps its type in Pulumi.yaml", async (t) => {
  t.equal(settingType(limited.shape.tankLitres), "integer");
});

test("the configuration of other packages is left alone", async (t) => {
  t.strictSame(await read({ "aws:region": "eu-central-1" }), defaults);
});

test("a setting knows its type in Pulumi.yaml", async (t) => {
  t.strictSame(Object.values(schema.shape).map(settingType), [
    "integer",
    "integer",
    "boolean",
    "string",
    "string",
    "string",
    "array",
  ]);
});

test("a schema that is none of the settings here has no such type", async (t) => {
  t.throws(() => settingType(z.string()));
});
