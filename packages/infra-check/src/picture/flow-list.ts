/** The list below a picture: every flow in words. */
import type { Flow } from "./flows.ts";
import { label, type Point } from "./svg.ts";

/** Words that each cloud has its own for. */
export interface FlowWords {
  readonly balancer: string;
  readonly instances: string;
  readonly natGateway: string;
  readonly endpoints?: string;
  readonly serviceGateway?: string;
}

const rowHeight = 20;
const titleHeight = 24;

/** The list at a point, how high it is, and the same for those who don't see the picture. */
export function flowList(
  flows: readonly Flow[],
  words: FlowWords,
  [x, y]: Point,
): { readonly shapes: readonly string[]; readonly height: number; readonly description: string } {
  const lines = flows.map((flow) => flowText(flow, words));
  return {
    shapes: [
      label("title", [x, y], "All that is open, computed from the declared routes and filters"),
      ...lines.map((text, index) => label("note", [x, y + titleHeight + index * rowHeight], text)),
    ],
    height: titleHeight + lines.length * rowHeight,
    description: lines.map((text) => `${text}.`).join(" "),
  };
}

function flowText({ from, to, via, ports, versions }: Flow, words: FlowWords): string {
  const called: Readonly<Record<string, string | undefined>> = {
    balancer: words.balancer,
    instance: words.instances,
    endpoint: words.endpoints,
  };
  const ways: Readonly<Record<string, string | undefined>> = {
    nat: words.natGateway,
    service: words.serviceGateway,
    balancer: words.balancer,
  };
  const way = ways[via ?? ""];
  return `From ${called[from] ?? from} to ${called[to] ?? to}${way ? `, by ${way}` : ""}: ${ports} over ${versions}`;
}
