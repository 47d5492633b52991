/** The parts of docs/aws.md, docs/azure.md and docs/clouds.md that are computed: what a month costs on each cloud. */
import { lineCost, monthlyCost } from "./costs.ts";
import { type Deployment, deployments, type Line } from "./deployments.ts";
import { pageLoad, request } from "./load.ts";
import { type Price, type PriceName, prices } from "./prices.ts";
import { gigabytes } from "./quantities.ts";
import { settingCosts } from "./settings.ts";
import { table, usd } from "./table.ts";

const { awsFleet, functionUrl, balancedFunction, azureFleet, containerApp } = deployments;

/** A fleet's lines, and the traffic to the Internet, which docs/costs.md leaves out. */
const fleets: Readonly<Record<Deployment["cloud"], readonly Line[]>> = {
  AWS: [
    ...awsFleet.lines,
    { what: "traffic to the Internet", price: "awsTraffic", quantity: gigabytes(request.answerBytes) },
  ],
  Azure: [
    ...azureFleet.lines,
    { what: "traffic to the Internet", price: "azureTraffic", quantity: gigabytes(request.answerBytes, 100) },
  ],
};

/** A table of what a fleet costs with the default settings: each line, and all together. */
export function fleetCosts(cloud: Deployment["cloud"]): string {
  const lines = fleets[cloud];
  const rows = lines.map((line) => [
    line.what,
    priceText(line.price),
    usd(lineCost(line, 0)),
    usd(lineCost(line, pageLoad)),
  ]);
  const sums = [0, pageLoad].map((requests) => `**${usd(monthlyCost({ lines }, requests))}**`);
  return table(["what", "price", "idle", "at load"], [...rows, ["**together**", "", ...sums]]);
}

function priceText(name: PriceName): string {
  const { usd: amount, per, source }: Price = prices[name];
  return `${amount} ${per}${source === undefined ? ", estimated" : ""}`;
}

/** A table of what some settings add to that; what they save is negative. */
export function settingsCosts(cloud: Deployment["cloud"]): string {
  const rows = settingCosts[cloud].map(({ setting, lines }) => [
    setting,
    ...[0, pageLoad].map((requests) => usd(monthlyCost({ lines }, requests))),
  ]);
  return table(["setting", "idle", "at load"], rows);
}

/** A table of what a month without requests costs on both clouds. */
export function idleCosts(): string {
  const idle = (deployment: Deployment) => usd(monthlyCost(deployment, 0));
  return table(
    ["USD a month", "AWS", "Azure"],
    [
      ["fleet", idle(awsFleet), idle(azureFleet)],
      ["serverless", idle(functionUrl), idle(containerApp)],
      ["serverless behind a load balancer", idle(balancedFunction), "not offered"],
    ],
  );
}
