/** The picture of costs: for each cloud, what a month costs by the number of requests, both in steps of ten. */
import { type Box, document, label, line, type Point } from "@sorted/infra-check/svg";
import { monthlyCost, overtaking } from "./costs.ts";
import { type Deployment, deployments } from "./deployments.ts";
import { perSecond } from "./load.ts";

/** Where it lies in the repository. */
export const picturePath = "docs/costs.svg";

const fewest = 100;
const most = 1e9;
const cheapest = 0.3;
const dearest = 1000;

const panel = { width: 420, height: 320 } as const;
const margin = { left: 64, top: 76, between: 210, bottom: 76, right: 40 } as const;

/** Where in a panel a load and a cost are. */
function pointIn({ x, y, width, height }: Box, requests: number, usd: number): Point {
  const across = Math.log(requests / fewest) / Math.log(most / fewest);
  const up = Math.log(Math.max(usd, cheapest) / cheapest) / Math.log(dearest / cheapest);
  return [round(x + across * width), round(y + height - up * height)];
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;

const loads = Array.from({ length: 281 }, (_, i) => fewest * (most / fewest) ** (i / 280));

/** How each is drawn: in which colour, and with its name above its line or below it. */
const drawn = [
  { deployment: deployments.awsFleet, kind: "network", text: "name", above: 10 },
  { deployment: deployments.balancedFunction, kind: "in", text: "inText", above: 10 },
  { deployment: deployments.functionUrl, kind: "out", text: "outText", above: 10 },
  { deployment: deployments.azureFleet, kind: "network", text: "name", above: 10 },
  { deployment: deployments.containerApp, kind: "out", text: "outText", above: -22 },
] as const;

/** Where names begin. */
const nameAt = 150;

/** Where the words beside a crossing stand, from it: they come in the order of the load. */
const besides = [
  { dx: -10, dy: -12, anchor: "end" },
  { dx: 12, dy: 20, anchor: "start" },
] as const;

/** The whole picture, as SVG. */
export function costsPicture(): string {
  const width = margin.left + 2 * panel.width + margin.between + margin.right;
  const height = margin.top + panel.height + margin.bottom;
  const boxes = { AWS: margin.left, Azure: margin.left + panel.width + margin.between } as const;
  const shapes = Object.entries(boxes).flatMap(([cloud, x]) => {
    const box = { x, y: margin.top, ...panel };
    return [
      ...grid(box),
      label("title", [x, margin.top - 14], cloud),
      ...drawn
        .filter(({ deployment }) => deployment.cloud === cloud)
        .flatMap((each) => [curve(box, each.deployment, each.kind), name(box, each)]),
      ...crossings(box, cloud),
    ];
  });
  const words = {
    title: "What a month costs",
    description:
      "USD a month by requests a month, for each way to run the service; the page has the figures.",
  };
  return document({ width, height }, words, [
    label("title", [margin.left, 34], "USD a month, by requests a month"),
    ...shapes,
    label(
      "note",
      [margin.left, height - 20],
      "Dashes in steps of ten. Circles: from here on serverless costs more than the fleet. Traffic to the Internet is left out: it costs the same either way.",
    ),
  ]);
}

function grid(box: Box): readonly string[] {
  const rows = [1, 10, 100, 1000].flatMap((usd) => {
    const [left, y] = pointIn(box, fewest, usd);
    return [
      line("zone", [
        [left, y],
        [box.x + box.width, y],
      ]),
      label("note", [left - 8, y + 4], String(usd), "end"),
    ];
  });
  const columns = [
    [1e2, "100"],
    [1e4, "10,000"],
    [1e6, "1 million"],
    [1e8, "100 million"],
  ] as const;
  const below = box.y + box.height;
  return [
    ...rows,
    line("zone", [
      [box.x, below],
      [box.x + box.width, below],
    ]),
    ...columns.map(([requests, text]) =>
      label("note", [pointIn(box, requests, 1)[0], below + 20], text, "middle"),
    ),
  ];
}

function curve(box: Box, deployment: Deployment, kind: string): string {
  return line(
    kind,
    loads.map((requests) => pointIn(box, requests, monthlyCost(deployment, requests))),
  );
}

function name(box: Box, { deployment, text, above }: (typeof drawn)[number]): string {
  const [x, y] = pointIn(box, nameAt, monthlyCost(deployment, nameAt));
  return label(text, [x, y - above], deployment.name);
}

function crossings(box: Box, cloud: string): readonly string[] {
  const fleet = cloud === "AWS" ? deployments.awsFleet : deployments.azureFleet;
  const found = Object.values(deployments)
    .filter((deployment) => deployment.cloud === cloud && deployment !== fleet)
    .map((deployment) => overtaking(deployment, fleet))
    .toSorted((a, b) => a - b);
  return besides.flatMap(({ dx, dy, anchor }, index) => {
    const requests = found[index];
    if (requests === undefined) return [];
    const [x, y] = pointIn(box, requests, monthlyCost(fleet, requests));
    const text = `${Math.round(requests / 1e6)} million, ${Math.round(perSecond(requests))} a second`;
    return [
      `<circle class="card" cx="${x}" cy="${y}" r="5"/>`,
      label("note", [x + dx, y + dy], text, anchor),
    ];
  });
}
