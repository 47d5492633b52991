/** Shows that every way to call a container app is found. Can't show that Azure goes by what an app says. */
import { test } from "tap";
import { azureCallers } from "../../src/azure/callers.ts";
import { declared } from "../../src/azure/cloud.ts";
import type { Properties } from "../../src/recorder/value.ts";

const app = (ingress: Properties) =>
  declared("azure-native:app:ContainerApp", "sort", { configuration: { ingress } });

test("an app that faces the Internet is called by anyone, or by the ranges that it names", async (t) => {
  t.strictSame(azureCallers([app({ external: true })]), [
    "HTTP 80: anyone > redirect to HTTPS",
    "HTTPS 443: anyone > app sort",
  ]);
  const ipSecurityRestrictions = [
    { name: "one", action: "Allow", ipAddressRange: "203.0.113.0/24" },
    { name: "two", action: "Allow", ipAddressRange: "198.51.100.7/32" },
  ];
  t.strictSame(azureCallers([app({ external: true, ipSecurityRestrictions })]), [
    "HTTP 80: 198.51.100.7/32 > redirect to HTTPS",
    "HTTP 80: 203.0.113.0/24 > redirect to HTTPS",
    "HTTPS 443: 198.51.100.7/32 > app sort",
    "HTTPS 443: 203.0.113.0/24 > app sort",
  ]);
});

test("without encryption, where that is allowed", async (t) => {
  t.ok(azureCallers([app({ external: true, allowInsecure: true })]).includes("HTTP 80: anyone > app sort"));
});

test("an app for its neighbours, and one that takes no requests", async (t) => {
  t.match(azureCallers([app({ external: false, targetPort: 80 })]), [
    "HTTP 80: other apps of the environment > redirect to HTTPS",
    "HTTPS 443: other apps of the environment > app sort",
  ]);
  t.strictSame(azureCallers([declared("azure-native:app:ContainerApp", "sort", {})]), []);
});

test("what rules that deny leave open is not guessed", async (t) => {
  const rule = { name: "one", action: "Deny", ipAddressRange: "203.0.113.0/24" };
  t.throws(() => azureCallers([app({ external: true, ipSecurityRestrictions: [rule] })]), /does not allow/);
});
