/**
 * Shows that a pack of the rules, started and asked as Pulumi's engine does it, finds what the rules find, and goes on where
 * a preview doesn't know a value. Can't show what the engine does with a finding.
 */
import type { PolicyResource, ReportViolation } from "@pulumi/policy";
import { test } from "tap";
import { declared } from "../../src/aws/cloud.ts";
import { askPack } from "../../src/policy/ask-pack.ts";
import { toPolicies } from "../../src/policy/pack.ts";
import { subjectsOf } from "../../src/policy/recorded.ts";
import type { Rule } from "../../src/policy/rule.ts";
import { changed } from "../../src/recorder/declared.ts";
import { UNKNOWN } from "../../src/recorder/value.ts";

const pack = new URL("example-pack.ts", import.meta.url).pathname;
const POLICY = "aws:autoscaling/policy:Policy";
const LISTENER = "aws:lb/listener:Listener";

const listener = declared(LISTENER, "http", { protocol: "HTTP", defaultActions: [{ type: "forward" }] });
const scaling = declared(POLICY, "requests", {
  targetTrackingConfiguration: {
    predefinedMetricSpecification: {
      predefinedMetricType: "ALBRequestCountPerTarget",
      resourceLabel: "app/a/1/targetgroup/b/2",
    },
  },
});
const waiting = { ...scaling, options: { ...scaling.options, dependencies: [listener.urn] } };
const balancer = declared("aws:lb/loadBalancer:LoadBalancer", "balancer", {
  subnets: ["a", "b"],
  dropInvalidHeaderFields: true,
  idleTimeout: 60,
});

test("a pack finds nothing in what is right", async (t) => {
  t.strictSame(await askPack(pack, [listener, waiting, balancer]), []);
});

test("a pack finds what is wrong with a resource, and with a stack", async (t) => {
  const findings = await askPack(pack, [
    listener,
    scaling,
    ...changed([balancer], { type: balancer.type }, { idleTimeout: 120 }),
  ]);
  t.match(findings, [
    { policy: "balancer-hangs-up-first", mandatory: true, message: /idleTimeout must be set/ },
    { policy: "request-target-waits-for-listener", mandatory: true, message: /must depend on a listener/ },
  ]);
  t.equal(findings.length, 2);
});

test("what a preview doesn't know is advice, and what it knows is judged", async (t) => {
  const findings = await askPack(
    pack,
    changed([balancer], { type: balancer.type }, { idleTimeout: UNKNOWN, dropInvalidHeaderFields: false }),
  );
  t.match(findings, [
    { policy: "balancer-drops-invalid-headers", mandatory: true },
    { policy: "balancer-hangs-up-first", mandatory: false, message: /during preview/ },
  ]);
});

test("a pack that doesn't start is named", async (t) => {
  const file = t.testdir({ "pack.mjs": "process.exit(3);" });
  await t.rejects(
    askPack(`${file}/pack.mjs`, []),
    /The policy pack .*pack\.mjs ended with 3 before it served/,
  );
});

const named: Rule = {
  name: "resources-have-a-type-of-their-own",
  reason: "An example.",
  types: ["a"],
  violation: ({ name }) => `${name} is wrong`,
  passes: [],
  breaks: [],
};

const together: Rule = {
  name: "resources-wait",
  reason: "An example.",
  types: ["a"],
  violations: (subjects) =>
    subjects.filter(({ after }) => after.length === 0).map(({ name }) => `${name} waits for none`),
  passes: [],
  breaks: [],
};

/** What a policy reports about resources, as Pulumi calls it. */
async function reports(rule: Rule, resources: readonly PolicyResource[]): Promise<readonly string[]> {
  const found: string[] = [];
  const report: ReportViolation = (message) => found.push(String(message));
  const common = { stackTags: new Map(), getConfig: <T extends object>() => ({}) as T, notApplicable };
  for (const policy of toPolicies([rule])) {
    if ("validateStack" in policy)
      await policy.validateStack({ resources: [...resources], ...common }, report);
    else if (typeof policy.validateResource === "function") {
      for (const resource of resources)
        await policy.validateResource({ ...resource, asType, ...common }, report);
    }
  }
  return found;
}

function notApplicable(): never {
  throw new Error("every rule applies");
}

const asType = () => undefined;

function resource(type: string, name: string, dependencies: PolicyResource[] = []): PolicyResource {
  const opts = {
    protect: false,
    ignoreChanges: [],
    aliases: [],
    additionalSecretOutputs: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  };
  const isType = () => false;
  return { type, name, urn: name, props: {}, opts, dependencies, propertyDependencies: {}, isType, asType };
}

test("a rule on resources reports on its types only; a rule on stacks sees all, if its types are there", async (t) => {
  const other = resource("b", "other");
  t.strictSame(await reports(named, [resource("a", "one"), other]), ["one is wrong"]);
  t.strictSame(await reports(together, [resource("a", "one", [other]), other]), ["other waits for none"]);
  t.strictSame(await reports(together, [other]), []);
});

test("of a recording, components are left out, and what must exist before is told by type", async (t) => {
  const component = { ...declared("sorted:Group", "group", {}), custom: false };
  const stack = {
    ...waiting,
    options: { ...waiting.options, dependencies: [listener.urn, "urn:of:the:stack"] },
  };
  t.match(
    subjectsOf([component, listener, stack]).map(({ name, after }) => [name, after]),
    [
      ["http", []],
      ["requests", [LISTENER]],
    ],
  );
});
