/** Shows that what settings add to a fleet's costs, or save, is computed as one would by hand. */
import { test } from "tap";
import { monthlyCost } from "../src/costs.ts";
import { pageLoad } from "../src/load.ts";
import { settingCosts } from "../src/settings.ts";

/** USD a month without requests and at the load of the pages, by setting. */
function costs(cloud: "AWS" | "Azure") {
  return settingCosts[cloud].map(({ setting, lines }) => [
    /`(.+?)`/.exec(setting)?.[1],
    ...[0, pageLoad].map((requests) => monthlyCost({ lines }, requests).toFixed(2)),
  ]);
}

test("settings of AWS, by hand", async (t) => {
  // 262.8 million requests; a line of 250 bytes for each is 65.7 GB.
  t.strictSame(costs("AWS"), [
    ["nat: perZone", "36.50", "36.50"],
    ["nat: none", (730 * (10 * 0.01 - 0.045 - 0.005)).toFixed(2), "36.50"],
    ["waf: true", "8.00", (8 + 262.8 * 0.6).toFixed(2)],
    ["spot: true", (2 * 730 * (0.005 - 0.0168)).toFixed(2), "-17.23"],
    ["onDemandBase", (730 * (0.0168 - 0.005)).toFixed(2), "8.61"],
    ["internal: true", (2 * 730 * -0.005).toFixed(2), "-7.30"],
    ["maxInstances", (2 * 0.8 * 730 * 0.04).toFixed(2), "46.72"],
    ["logRequests: true", "0.00", (65.7 * 0.5).toFixed(2)],
  ]);
});

test("settings of Azure, by hand", async (t) => {
  // The load balancer goes, with its 5,256 GB of traffic; 7.2 GB an hour take 7.2 capacity units.
  const gateway = 730 * (0.443 - 0.025);
  t.strictSame(costs("Azure"), [
    [
      "ingress: applicationGateway",
      gateway.toFixed(2),
      (gateway + 730 * 7.2 * 0.0144 - 5256 * 0.005).toFixed(2),
    ],
    ["bastion: true", (730 * 0.29 + 3.65).toFixed(2), "215.35"],
    ["logRequests: true", "0.00", (65.7 * 2.3).toFixed(2)],
  ]);
});
