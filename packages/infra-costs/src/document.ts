/** The parts of docs/costs.md and docs/clouds.md that are computed. */
import { readFileSync } from "node:fs";
import { withParts } from "@sorted/infra-check/documents";
import { idleCosts } from "./cloud-pages.ts";
import { lineCost, monthlyCost, overtaking } from "./costs.ts";
import { type Deployment, deployments } from "./deployments.ts";
import { perSecond } from "./load.ts";
import { costsPicture, picturePath } from "./picture.ts";
import { type Price, prices } from "./prices.ts";
import { table, usd } from "./table.ts";

const all = Object.values(deployments);

/** The documents: their paths in the repository, and what they must say. */
export function documents(): ReadonlyMap<string, string> {
  const parts = { totals: totals(), crossings: crossings(), lines: lines(), prices: priceTable() };
  return new Map([
    ["docs/costs.md", withParts(read("docs/costs.md"), parts)],
    ["docs/clouds.md", withParts(read("docs/clouds.md"), { costs: idleCosts() })],
    [picturePath, costsPicture()],
  ]);
}

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}

const loads = [1e5, 1e6, 1e7, 1e8, 1e9] as const;

const count = (requests: number) =>
  requests < 1e6 ? requests.toLocaleString("en") : `${requests / 1e6} million`;

function totals(): string {
  const head = ["USD a month", "idle", ...loads.map(count), "each further million, at 100 million"];
  const rows = all.map((deployment) => [
    titleOf(deployment),
    ...[0, ...loads].map((requests) => usd(monthlyCost(deployment, requests))),
    usd(monthlyCost(deployment, 101e6) - monthlyCost(deployment, 100e6)),
  ]);
  return table(head, rows);
}

const titleOf = ({ cloud, name }: Deployment) => `${cloud}: ${name}`;

function crossings(): string {
  const { awsFleet, functionUrl, balancedFunction, azureFleet, containerApp } = deployments;
  const pairs = [
    [functionUrl, awsFleet],
    [balancedFunction, awsFleet],
    [containerApp, azureFleet],
  ] as const;
  const sentences = pairs.map(([one, fleet]) => {
    const requests = overtaking(one, fleet);
    const rate = Math.round(perSecond(requests));
    return `- ${titleOf(one)}: costs more than the fleet from about ${Math.round(requests / 1e6)} million requests a month on, ${rate} a second around the clock.`;
  });
  return `${sentences.join("\n")}\n`;
}

function lines(): string {
  return all
    .map((deployment) => {
      const rows = deployment.lines.map((each) => [
        each.what,
        `\`${each.price}\``,
        ...[0, 1e6, 1e8].map((requests) => lineCost(each, requests).toFixed(2)),
      ]);
      return `${titleOf(deployment)}\n\n${table(["what", "price", "idle", "1 million", "100 million"], rows)}`;
    })
    .join("\n");
}

function priceTable(): string {
  const rows = Object.entries(prices).map(([name, { usd: amount, per, source }]: [string, Price]) => [
    `\`${name}\``,
    String(amount),
    per,
    source ?? "_estimated_",
  ]);
  return table(["price", "USD", "for", "source"], rows);
}
