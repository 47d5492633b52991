/** Shows that costs are computed as one would by hand. Can't show that a cloud's bill says the same. */
import { test } from "tap";
import { monthlyCost, overtaking } from "../src/costs.ts";
import { type Deployment, deployments, type Line, replicaSeconds } from "../src/deployments.ts";

const { awsFleet, functionUrl, balancedFunction, azureFleet, containerApp } = deployments;
const million = 1_000_000;

/** To the cent. */
const cents = (deployment: Deployment, requests: number) => monthlyCost(deployment, requests).toFixed(2);

test("idle, by hand", async (t) => {
  // Balancer, NAT and three addresses for 730 hours; two instances; 20 GB of disks; 7 alarms.
  const byHand = 730 * (0.0225 + 0.045 + 3 * 0.005 + 2 * 0.0168) + 20 * 0.08 + 0.7;
  t.equal(cents(awsFleet, 0), byHand.toFixed(2));
  t.equal(cents(awsFleet, 0), "87.05");
  // 4 alarms and 1.2 GB of images.
  t.equal(cents(functionUrl, 0), "0.52");
  // Balancer and two addresses, 7 alarms, 1.2 GB of images.
  t.equal(cents(balancedFunction, 0), (730 * (0.0225 + 0.01) + 0.7 + 0.12).toFixed(2));
  // Registry and alerts.
  t.equal(cents(containerApp, 0), (0.167 * (730 / 24) + 0.3).toFixed(2));
  t.equal(cents(azureFleet, 0), "123.58");
});

test("ten million requests of Lambda, by hand", async (t) => {
  // 2 for the requests; 50,000 GB-seconds; 3 GB of lines.
  t.equal(cents(functionUrl, 10 * million), (0.52 + 2 + 50_000 * 0.0000133334 + 1.5).toFixed(2));
});

test("a fleet grows when its instances can't bear more, and its balancer by the GB", async (t) => {
  // 100 requests a second are half of what one t4g.small bears for ever, so that two have 525.6 million a month.
  const [borne, more] = [525 * million, 526 * million];
  const perMillion = (20_000 / 1e9) * 0.008 * million;
  t.equal(cents(awsFleet, borne), (87.053 + 525 * perMillion).toFixed(2));
  t.equal(cents(awsFleet, more), (87.053 + 526 * perMillion + 730 * 0.0168 + 0.8).toFixed(2));
});

test("a replica is billed for five minutes after each request, until one is always there", async (t) => {
  t.equal(replicaSeconds(0), 0);
  t.equal(replicaSeconds(100), 30_000);
  t.equal(replicaSeconds(100_000), 730 * 3600);
  // 125 requests a second are what one bears: 328.5 million a month.
  t.equal(replicaSeconds(329 * million), 2 * 730 * 3600);
  t.equal(cents(containerApp, million), (5.3796 + 0.4 + 730 * 3600 * (0.000012 + 0.000003)).toFixed(2));
});

/** So much a month, and so much for a million requests. */
function priced(fixed: number, forMillion: number): { readonly lines: readonly Line[] } {
  return {
    lines: [
      { what: "fixed", price: "lambdaRequests", quantity: () => fixed / 0.2 },
      { what: "by use", price: "lambdaRequests", quantity: (n) => ((n / million) * forMillion) / 0.2 },
    ],
  };
}

test("the load at which one overtakes the other", async (t) => {
  // 100 a month against 1 a million: at a hundred million.
  const found = overtaking(priced(0, 1), priced(100, 0));
  t.ok(found >= 100 * million && found <= 101 * million, String(found));
  t.throws(() => overtaking(priced(0, 1), priced(0, 2)), /never costs more/);
});
