/** The parts of docs/costs.md that are computed. */
import { readFileSync } from "node:fs";
import { withPart } from "@sorted/infra-check/documents";
import { lineCost, monthlyCost, overtaking } from "./costs.ts";
import { type Deployment, deployments } from "./deployments.ts";
import { perSecond } from "./load.ts";
import { costsPicture, picturePath } from "./picture.ts";
import { type Price, prices } from "./prices.ts";

const all = Object.values(deployments);

/** The documents: their paths in the repository, and what they must say. */
export function documents(): ReadonlyMap<string, string> {
  const parts = { totals: totals(), crossings: crossings(), lines: lines(), prices: priceTable() };
  const path = "docs/costs.md";
  const page = Object.entries(parts).reduce(
    (document, [name, part]) => withPart(document, name, part),
    readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"),
  );
  return new Map([
    [path, page],
    [picturePath, costsPicture()],
  ]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row), ""].join("\n");
}

/** USD, to the cent where that matters. */
function usd(amount: number): string {
  return amount < 100 ? amount.toFixed(2) : Math.round(amount).toLocaleString("en");
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
