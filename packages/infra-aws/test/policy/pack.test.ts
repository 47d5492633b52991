/**
 * Shows that the program keeps every rule in every configuration, that the same rules find it when it is changed for the
 * worse, and that the policy pack, started and asked as Pulumi's engine does it, says the same.
 *
 * Can't show that the rules are all there is to know, nor what Pulumi's own engine does with a finding.
 */
import {
  askPack,
  changed,
  type Recorded,
  selected,
  subjectsOf,
  violationsOf,
  without,
} from "@sorted/infra-check";
import { awsRules } from "@sorted/infra-check/aws";
import { test } from "tap";
import { type Configuration, configurations, record } from "../configurations.ts";

const pack = new URL("../../policy/pack.ts", import.meta.url).pathname;

type Records = Recorded["resources"];

/** The names of the rules that are broken. */
function broken(records: Records): readonly string[] {
  const subjects = subjectsOf(records);
  return awsRules.filter((rule) => violationsOf(rule, subjects).length > 0).map(({ name }) => name);
}

const configurationNames = Object.keys(configurations) as Configuration[];

test("every rule is kept in every configuration, and has something to judge in one of them", async (t) => {
  const judged = new Set<string>();
  for (const configuration of configurationNames) {
    const subjects = subjectsOf((await record(configuration)).resources);
    for (const rule of awsRules) {
      t.strictSame(violationsOf(rule, subjects), [], `${configuration}: ${rule.name}`);
      if (subjects.some(({ type }) => rule.types.includes(type))) judged.add(rule.name);
    }
  }
  const idle = awsRules.map(({ name }) => name).filter((name) => !judged.has(name));
  t.strictSame(idle, ["rules-are-of-the-newer-type"], "of that type there must be none");
});

const template = { type: "aws:ec2/launchTemplate:LaunchTemplate" };
const group = { type: "aws:autoscaling/group:Group" };
const balancer = { type: "aws:lb/loadBalancer:LoadBalancer" };
const targets = { type: "aws:lb/targetGroup:TargetGroup" };

/** Changes for the worse, and the rules that find them. */
const changes: readonly [
  rule: string,
  change: (records: Records) => Records,
  configuration?: Configuration,
][] = [
  ["vpc-resolves-names", (all) => changed(all, { type: "aws:ec2/vpc:Vpc" }, { enableDnsHostnames: false })],
  [
    "default-security-group-is-closed",
    (all) => without(all, { type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup" }),
  ],
  [
    "endpoints-are-complete",
    (all) => without(all, { type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: "sorted-logs" }),
    "noNat",
  ],
  ["balancer-stands-in-two-zones", (all) => changed(all, balancer, { subnets: ["sorted-public-1-id"] })],
  ["balancer-hangs-up-first", (all) => changed(all, balancer, { idleTimeout: 75 })],
  ["targets-are-instances", (all) => changed(all, targets, { targetType: "ip" })],
  ["algorithm-exists", (all) => changed(all, targets, { slowStart: 30 })],
  [
    "http-leads-to-https",
    (all) =>
      changed(
        all,
        { type: "aws:lb/listener:Listener", name: "sorted-http" },
        { defaultActions: [{ type: "forward" }] },
      ),
    "certificate",
  ],
  [
    "metadata-needs-a-token",
    (all) => changed(all, template, { metadataOptions: { httpTokens: "optional" } }),
  ],
  [
    "template-version-is-a-number",
    (all) => changed(all, group, { launchTemplate: { id: "x", version: "$Latest" } }),
  ],
  [
    "request-target-waits-for-listener",
    (all) => without(all, { type: "aws:lb/listener:Listener" }),
    "everything",
  ],
  [
    "permission-names-its-source",
    (all) => changed(all, { type: "aws:lambda/permission:Permission" }, { sourceArn: "" }),
    "balancedFunction",
  ],
  [
    "function-is-not-checked",
    (all) => changed(all, targets, { healthCheck: { path: "/readyz" } }),
    "balancedFunction",
  ],
  [
    "function-sees-whole-query",
    (all) => changed(all, targets, { lambdaMultiValueHeadersEnabled: false }),
    "balancedFunction",
  ],
  [
    "function-logs-where-they-end",
    (all) => changed(all, { type: "aws:lambda/function:Function" }, { loggingConfig: { logFormat: "JSON" } }),
    "functionUrl",
  ],
  [
    "only-web-ports-are-open-to-all",
    (all) =>
      changed(
        all,
        { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: "sorted-clients-80-1" },
        { toPort: 65_535 },
      ),
  ],
];

test("a change for the worse is found by its rule, and by no other", async (t) => {
  for (const [rule, change, configuration = "least"] of changes) {
    const { resources } = await record(configuration);
    t.strictSame(broken(change(resources)), [rule]);
  }
});

test("a load balancer that doesn't wait for the internet gateway is found", async (t) => {
  const { resources } = await record("least");
  const { urn } = selected(resources, { type: "aws:ec2/internetGateway:InternetGateway" });
  const { options } = selected(resources, balancer);
  const dependencies = options.dependencies.filter((each) => each !== urn);
  const hasty = resources.map((resource) =>
    resource.type === balancer.type ? { ...resource, options: { ...options, dependencies } } : resource,
  );
  t.strictSame(broken(hasty), ["internet-gateway-comes-first"]);
});

test("an update that would undo the scaling, or save the new model before it is rolled out, is found", async (t) => {
  const { resources } = await record("least");
  const { options } = selected(resources, group);
  const ignoring = (...ignoreChanges: readonly string[]) =>
    resources.map((resource) =>
      resource.type === group.type ? { ...resource, options: { ...options, ignoreChanges } } : resource,
    );
  t.strictSame(broken(ignoring("launchTemplate", "mixedInstancesPolicy")), ["updates-leave-the-capacity"]);
  t.strictSame(broken(ignoring("desiredCapacity")), ["model-is-saved-last"]);
  const refreshing = changed(resources, group, { instanceRefresh: { strategy: "Rolling" } });
  t.strictSame(broken(refreshing), ["model-is-saved-last"]);
});

test("the policy pack finds nothing in the program, and what is wrong in a changed one", async (t) => {
  const { resources } = await record("everything");
  t.strictSame(await askPack(pack, resources), []);
  const worse = without(changed(resources, template, { keyName: "mine" }), {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  });
  t.strictSame(
    (await askPack(pack, worse)).map(({ policy, mandatory }) => [policy, mandatory]),
    [
      ["instances-are-not-reached-directly", true],
      ["default-security-group-is-closed", true],
    ],
  );
});

test("in a preview, what can't be judged yet does not stop it, and what can be does", async (t) => {
  const { resources } = await record("everything", true);
  const findings = await askPack(pack, resources);
  t.strictSame(
    findings.filter(({ mandatory }) => mandatory),
    [],
  );
  t.ok(
    findings.some(
      ({ policy, message }) => policy === "image-is-run-by-digest" && /during preview/.test(message),
    ),
  );
  const worse = await askPack(pack, changed(resources, balancer, { dropInvalidHeaderFields: false }));
  t.strictSame(
    worse.filter(({ mandatory }) => mandatory).map(({ policy }) => policy),
    ["balancer-drops-invalid-headers"],
  );
});
