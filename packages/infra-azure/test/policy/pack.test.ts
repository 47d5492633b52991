/**
 * Shows that the program keeps every rule in every configuration, that the same rules find it when it is changed for the
 * worse, and that the policy pack, started and asked as Pulumi's engine does it, says the same.
 *
 * Can't show that the rules are all there is to know, nor what Pulumi's own engine does with a finding.
 */
import { askPack, changed, selected, subjectsOf, violationsOf, without } from "@sorted/infra-check";
import { azureRules } from "@sorted/infra-check/azure";
import { test } from "tap";
import { type Change, replace } from "../changes.ts";
import { type Configuration, configurations, record } from "../configurations.ts";
import type { Records } from "../guarantees.ts";

const pack = new URL("../../policy/pack.ts", import.meta.url).pathname;

/** The names of the rules that are broken. */
function broken(records: Records): readonly string[] {
  const subjects = subjectsOf(records);
  return azureRules.filter((rule) => violationsOf(rule, subjects).length > 0).map(({ name }) => name);
}

const configurationNames = Object.keys(configurations) as Configuration[];

test("every rule is kept in every configuration, and has something to judge in one of them", async (t) => {
  const judged = new Set<string>();
  for (const configuration of configurationNames) {
    const subjects = subjectsOf((await record(configuration)).resources);
    for (const rule of azureRules) {
      t.strictSame(violationsOf(rule, subjects), [], `${configuration}: ${rule.name}`);
      if (subjects.some(({ type }) => rule.types.includes(type))) judged.add(rule.name);
    }
  }
  const idle = azureRules.map(({ name }) => name).filter((name) => !judged.has(name));
  t.strictSame(idle, ["rules-are-inside-their-group"], "of that type there must be none");
});

const subnet = { type: "azure-native:network:Subnet", name: "sorted-machines" };
const balancer = { type: "azure-native:network:LoadBalancer" };
const group = { type: "azure-native:network:NetworkSecurityGroup", name: "sorted-machines" };
const scaleSet = { type: "azure-native:compute:VirtualMachineScaleSet" };
const gateway = { type: "azure-native:network:ApplicationGateway" };
const app = { type: "azure-native:app:ContainerApp" };
const registry = { type: "azure-native:containerregistry:Registry" };

const anywhere = '"sourceAddressPrefix":"*"';
const portOfShells = '"destinationPortRange":"22"';
const everyPort = '"destinationPortRange":"*"';
const publicCard = '"publicIPAddressConfiguration":{"name":"public"},"privateIPAddressVersion"';

/** Changes for the worse, and the rules that find them. */
const changes: readonly [rule: string, change: Change, configuration?: Configuration][] = [
  [
    "resource-groups-are-named",
    (all) =>
      changed(
        all,
        { type: "azure-native:resources:ResourceGroup", name: "sorted-machines" },
        { resourceGroupName: "sorted-machines0a1b2c3d" },
      ),
  ],
  [
    "app-is-reached-by-https",
    replace(app.type, /"allowInsecure":false/, '"allowInsecure":true'),
    "serverless",
  ],
  [
    "app-pulls-by-identity",
    replace(app.type, /"registries":\[\{"identity":"[^"]*",/, '"registries":[{'),
    "serverless",
  ],
  ["app-memory-fits-its-processors", replace(app.type, /"memory":"1Gi"/, '"memory":"2Gi"'), "serverless"],
  ["registry-knows-no-password", (all) => changed(all, registry, { adminUserEnabled: true })],
  ["registry-name-is-pulumis", (all) => changed(all, registry, { registryName: "sorted" })],
  ["subnets-have-a-security-group", (all) => changed(all, subnet, { networkSecurityGroup: {} })],
  ["machines-leave-by-nat-only", (all) => changed(all, subnet, { defaultOutboundAccess: true })],
  ["machines-leave-by-nat-only", (all) => changed(all, subnet, { natGateway: {} })],
  [
    "public-addresses-stay",
    (all) => changed(all, { type: "azure-native:network:PublicIPAddress", name: "sorted" }, { zones: ["1"] }),
  ],
  [
    "groups-deny-what-they-dont-allow",
    replace(group.type, /,\{"access":"Deny"[^}]*"deny-inbound"[^}]*\}/, ""),
  ],
  ["a-balancer-is-not-the-sender", replace(group.type, /\{"access":"Allow"[^}]*"allow-clients"[^}]*\},/, "")],
  ["clients-are-the-tag-internet", replace(group.type, /"sourceAddressPrefix":"Internet"/, anywhere)],
  ["only-web-ports-are-open-to-all", replace(group.type, /"destinationPortRange":"80"/, portOfShells)],
  ["rules-have-priorities-of-their-own", replace(group.type, /"priority":110/, '"priority":100')],
  ["outbound-is-declared", replace(group.type, /"destinationPortRanges":\["80","443"\]/, everyPort)],
  ["balancers-are-standard", (all) => changed(all, balancer, { sku: { name: "Basic" } })],
  ["a-balancer-refers-to-itself", (all) => changed(all, balancer, { loadBalancerName: "sorted0a1b2c3d" })],
  [
    "nat-range-covers-the-fleet",
    replace(balancer.type, /"frontendPortRangeEnd":50011/, '"frontendPortRangeEnd":50010'),
  ],
  ["rules-lead-to-ports-of-their-own", replace(balancer.type, /"backendPort":8080/, '"backendPort":80')],
  ["probes-ask-the-application", replace(balancer.type, /"protocol":"Http"/, '"protocol":"Tcp"')],
  [
    "balancing-leaves-the-way-out-alone",
    replace(balancer.type, /"disableOutboundSnat":true/, '"disableOutboundSnat":false'),
  ],
  [
    "https-is-modern",
    (all) =>
      changed(all, gateway, {
        sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20170401" },
      }),
    "applicationGateway",
  ],
  [
    "firewall-overrides-rules-that-exist",
    replace("azure-native:network:WebApplicationFirewallPolicy", /"920450"/, '"942431"'),
    "applicationGateway",
  ],
  [
    "firewall-leaves-the-size-to-the-api",
    (all) =>
      changed(
        all,
        { type: "azure-native:network:WebApplicationFirewallPolicy" },
        { policySettings: { state: "Enabled", mode: "Prevention" } },
      ),
    "applicationGateway",
  ],
  [
    "http-leads-to-https",
    replace(gateway.type, /"redirectConfiguration":/, '"backendAddressPool":'),
    "applicationGateway",
  ],
  [
    "certificates-renew-themselves",
    replace(gateway.type, /secrets\/sorted/, "secrets/sorted/0a1b2c"),
    "applicationGateway",
  ],
  ["machines-boot-trusted", replace(scaleSet.type, /"vTpmEnabled":true/, '"vTpmEnabled":false')],
  [
    "machines-take-no-password",
    replace(scaleSet.type, /"adminUsername"/, '"adminPassword":"guess","adminUsername"'),
  ],
  ["machines-are-not-reached-directly", replace(scaleSet.type, /"privateIPAddressVersion"/, publicCard)],
  [
    "network-interfaces-have-a-security-group",
    replace(scaleSet.type, /"networkSecurityGroup":/, '"otherGroup":'),
  ],
  ["health-is-the-applications", replace(scaleSet.type, /ApplicationHealthLinux/, "CustomScript")],
  ["scale-sets-are-flexible", replace(scaleSet.type, /"networkApiVersion":"[^"]+",/, "")],
  ["scaling-goes-both-ways", replace("azure-native:monitor:AutoscaleSetting", /"Decrease"/, '"Increase"')],
  ["upgrades-make-new-machines", (all) => changed(all, scaleSet, { upgradePolicy: { mode: "Manual" } })],
  [
    "what-carries-traffic-is-diagnosed",
    (all) => without(all, { type: "azure-native:monitor:DiagnosticSetting", name: "sorted-ingress" }),
  ],
];

test("a change for the worse is found by its rule, and by no other", async (t) => {
  for (const [rule, change, configuration = "least"] of changes) {
    const { resources } = await record(configuration);
    t.strictSame(broken(change(resources)), [rule]);
  }
});

test("an update that would undo the scaling is found", async (t) => {
  const { resources } = await record("least");
  const { options } = selected(resources, scaleSet);
  const careless = resources.map((resource) =>
    resource.type === scaleSet.type
      ? { ...resource, options: { ...options, ignoreChanges: ["sku.capacity"] } }
      : resource,
  );
  t.strictSame(broken(careless), ["updates-leave-the-capacity"]);
});

test("the policy pack finds nothing in the program, and what is wrong in a changed one", async (t) => {
  const { resources } = await record("everything");
  t.strictSame(await askPack(pack, resources), []);
  const worse = changed(changed(resources, registry, { adminUserEnabled: true }), subnet, {
    defaultOutboundAccess: true,
  });
  t.strictSame(
    (await askPack(pack, worse)).map(({ policy, mandatory }) => [policy, mandatory]),
    [
      ["registry-knows-no-password", true],
      ["machines-leave-by-nat-only", true],
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
  const worse = await askPack(pack, changed(resources, registry, { adminUserEnabled: true }));
  t.strictSame(
    worse.filter(({ mandatory }) => mandatory).map(({ policy }) => policy),
    ["registry-knows-no-password"],
  );
});
