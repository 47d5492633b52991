/**
 * Shows that the SDK of Azure makes payloads of what is declared in every configuration, with nothing left out: right
 * types, nothing missing that the API needs, no property that it doesn't know. Its tables are of network, compute and container apps.
 *
 * Can't show that a string means something to Azure.
 */
import { selected } from "@sorted/infra-check";
import { test } from "tap";
import { replace } from "./changes.ts";
import { type Configuration, configurations, record } from "./configurations.ts";
import { bodyOf, hasBody } from "./payloads.ts";

for (const configuration of Object.keys(configurations) as Configuration[]) {
  test(`${configuration}: everything becomes a payload`, async (t) => {
    const { resources } = await record(configuration);
    const checked = resources.filter(hasBody);
    t.ok(checked.length >= (configuration.startsWith("serverless") ? 2 : 8));
    for (const resource of checked) t.doesNotThrow(() => bodyOf(resource), resource.urn);
  });
}

test("a payload is what Azure's API takes: parts within properties, references by ID", async (t) => {
  const { resources } = await record("least");
  t.hasStrict(bodyOf(selected(resources, { type: "azure-native:network:LoadBalancer" })), {
    location: "westeurope",
    sku: { name: "Standard" },
    properties: {
      loadBalancingRules: [{ name: "http", properties: { frontendPort: 80, disableOutboundSnat: true } }],
    },
  });
});

const balancers = "azure-native:network:LoadBalancer";
const scaleSets = "azure-native:compute:VirtualMachineScaleSet";

/** Mistakes that the type-checker lets pass in what is put together from parts, and what is said of them. */
const mistakes: readonly [title: string, type: string, from: RegExp, to: string, found: RegExp][] = [
  [
    "a port as a text",
    balancers,
    /"backendPort":80,/,
    '"backendPort":"80",',
    /backendPort .* must be of type number/,
  ],
  ["a number as a zone", scaleSets, /"zones":\["1"/, '"zones":[1', /zones.* must be of type string/],
  ["an identity of no kind", scaleSets, /"type":"UserAssigned"/, '"type":"User"', /is not a valid value/],
  ["one rule, no list", balancers, /"probes":\[(.*?)\]/, '"probes":$1', /probes must be of type Array/],
  ["a network interface without a name", scaleSets, /"name":"card",/, "", /name cannot be null or undefined/],
  ["a property of another name", balancers, /"requestPath"/, '"path"', /knows no \/probes\/0\/path=/],
];

for (const [title, type, from, to, found] of mistakes) {
  test(`${title} is found`, async (t) => {
    const { resources } = await record("least");
    const wrong = selected(replace(type, from, to)(resources), { type });
    t.throws(() => bodyOf(wrong), found);
  });
}

test("what the SDK has no table for is named", async (t) => {
  t.throws(
    () => bodyOf({ type: "azure-native:network:Other", name: "x", inputs: {} }),
    /no table for .*Other/,
  );
});
