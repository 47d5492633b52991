/** Where the parts of a network stand in its picture: zones in columns, what faces the Internet above the rest. */
import type { Subnet, Topology } from "../reachability/topology.ts";
import type { Box } from "./svg.ts";

/** A subnet's place, and what is in it. */
export interface Placed {
  readonly subnet: Subnet;
  readonly box: Box;
}

export interface Layout {
  readonly width: number;
  readonly internet: Box;
  readonly network: Box;
  /** On the upper edge of the network. */
  readonly gateway: Box;
  readonly zones: readonly { readonly name: string; readonly box: Box }[];
  readonly front: readonly Placed[];
  readonly back: readonly Placed[];
  /** Across the zones, in the subnets of the front. */
  readonly balancer: Box;
  /** Right of the network, for services outside. */
  readonly service: Box;
  /** On the right edge of the network. */
  readonly serviceGateway: Box;
}

const margin = 24;
const zoneWidth = 360;
const gap = 20;
const frontHeight = 190;
const backHeight = 124;

/** How far from a subnet's left edge requests come down, and what goes out goes up: right of its texts. */
export const inLane = 206;
export const outLane = 300;

/** The height of a node of two lines. */
export const nodeHeight = 44;

/** Places everything; the picture's height depends on what is written below. */
export function layoutOf(topology: Topology): Layout {
  const faces = new Set([
    ...topology.hosts.filter(({ role }) => role === "balancer").map(({ subnet }) => subnet),
    ...topology.gateways.map(({ subnet }) => subnet),
  ]);
  const names = [...new Set(topology.subnets.map(({ zone }) => zone ?? ""))].toSorted();
  const networkWidth = names.length * (zoneWidth + gap) + gap;
  const network = {
    x: margin,
    y: 120,
    width: networkWidth,
    height: 84 + frontHeight + 64 + backHeight + 100,
  };
  const zones = names.map((name, index) => ({
    name,
    box: {
      x: network.x + gap + index * (zoneWidth + gap),
      y: network.y + 52,
      width: zoneWidth,
      height: 32 + frontHeight + 64 + backHeight + 12,
    },
  }));
  const place = (subnets: readonly Subnet[], y: number, height: number): Placed[] =>
    zones.flatMap(({ name, box }) =>
      subnets
        .filter(({ zone }) => (zone ?? "") === name)
        .map((subnet) => ({ subnet, box: { x: box.x + 12, y, width: box.width - 24, height } })),
    );
  const frontY = network.y + 84;
  const backY = frontY + frontHeight + 64;
  const front = place(
    topology.subnets.filter(({ id }) => faces.has(id)),
    frontY,
    frontHeight,
  );
  const back = place(
    topology.subnets.filter(({ id }) => !faces.has(id)),
    backY,
    backHeight,
  );
  const middle = network.x + networkWidth / 2;
  const right = network.x + networkWidth;
  const rowY = network.y + network.height - 46;
  return {
    width: right + 230 + margin,
    internet: { x: middle - 110, y: 20, width: 220, height: 40 },
    network,
    gateway: { x: middle - 90, y: network.y - 18, width: 180, height: 36 },
    zones,
    front,
    back,
    balancer: {
      x: network.x + gap + 28,
      y: frontY + 68,
      width: networkWidth - 2 * gap - 56,
      height: nodeHeight,
    },
    service: { x: right + 120, y: rowY - 22, width: 110, height: nodeHeight },
    serviceGateway: { x: right - 75, y: rowY - 22, width: 150, height: nodeHeight },
  };
}
