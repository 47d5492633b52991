/**
 * A picture of a network, drawn from its topology: what stands where, and an arrow for each way that is open. The arrows and
 * the list below them are computed from routes and filters, so the picture shows what holds, not what was meant.
 */
import type { Gateway, Host, Subnet, Topology } from "../reachability/topology.ts";
import { type FlowWords, flowList } from "./flow-list.ts";
import { type Flow, flowsOf } from "./flows.ts";
import { inLane, type Layout, layoutOf, nodeHeight, outLane, type Placed } from "./layout.ts";
import { arrow, type Box, document, label, line, node, type Point, rectangle } from "./svg.ts";

/** How far below the upper edge of a subnet its hosts are drawn. */
const hostY = 54;

/** Words that each cloud has its own for. */
export interface Words extends Required<FlowWords> {
  readonly title: string;
  /** Of the network, such as `VPC`. */
  readonly network: string;
  readonly internetGateway: string;
  /** What keeps the instances at work. */
  readonly group: string;
}

/**
 * Draws a network with one balancer that is a proxy.
 *
 * @param words the cloud's own terms
 * @returns an SVG, for light and dark surroundings
 */
export function drawNetwork(topology: Topology, words: Words): string {
  const layout = layoutOf(topology);
  const flows = flowsOf(topology);
  const listY = layout.network.y + layout.network.height + 40;
  const list = flowList(flows, words, [layout.network.x, listY]);
  const shapes = [
    ...frames(topology, layout, words),
    ...waysIn(layout, flows),
    ...waysOut(topology, layout, flows),
    ...nodes(topology, layout, words, flows),
    ...list.shapes,
  ];
  const height = listY + list.height + 8;
  const { description } = list;
  return document({ width: layout.width, height }, { title: words.title, description }, shapes);
}

function frames(
  topology: Topology,
  { network, zones, front, back }: Layout,
  words: Words,
): readonly string[] {
  const ranges = topology.networks.flatMap(({ prefixes }) => prefixes);
  const subnets = (placed: readonly Placed[], kind: string): readonly string[] =>
    placed.flatMap(({ subnet, box }) => [
      rectangle(kind, box),
      label("name", [box.x + 14, box.y + 20], `${kind} subnet`),
      ...[`${subnet.name}, ${subnet.prefixes[0]}`, ...subnet.prefixes.slice(1)].map((text, row) =>
        label("note", [box.x + 14, box.y + 38 + row * 17], text),
      ),
    ]);
  return [
    rectangle("network", network, 12),
    label("title", [network.x + 16, network.y + 26], words.network),
    label("note", [network.x + 16, network.y + 44], ranges.join("   ")),
    ...zones.flatMap(({ name, box }) => [
      rectangle("zone", box),
      label("note", [box.x + 12, box.y + 22], name),
    ]),
    ...subnets(front, "public"),
    ...subnets(back, "private"),
  ];
}

function waysIn({ internet, gateway, balancer, back }: Layout, flows: readonly Flow[]): readonly string[] {
  const clients = flows.find(({ to }) => to === "balancer");
  const requests = flows.find(({ from, to }) => from === "balancer" && to === "instance");
  const x = middleOf(internet)[0] - 40;
  return [
    ...(clients
      ? [
          arrow("in", [bottomOf(internet, x), [x, gateway.y]]),
          arrow("in", [bottomOf(gateway, x), [x, balancer.y]]),
          label("inText", [x - 10, gateway.y - 16], clients.ports, "end"),
        ]
      : []),
    ...(requests
      ? back.flatMap(({ box }) => {
          const lane = box.x + inLane;
          return [
            arrow("in", [bottomOf(balancer, lane), [lane, box.y + hostY]]),
            label("inText", [lane - 10, box.y - 12], requests.ports, "end"),
          ];
        })
      : []),
  ];
}

function waysOut(topology: Topology, layout: Layout, flows: readonly Flow[]): readonly string[] {
  const { internet, gateway, network, back, serviceGateway, service } = layout;
  const nat = flows.find(({ via }) => via === "nat");
  const toService = flows.find(({ via }) => via === "service");
  const x = middleOf(internet)[0] + 40;
  const bus = network.y + 38;
  const lanes = topology.gateways.flatMap((candidate) => natBox(layout, candidate));
  const y = middleOf(serviceGateway)[1];
  return [
    ...(nat
      ? [
          ...lanes.map((box) =>
            line("out", [
              [laneOf(box), box.y],
              [laneOf(box), bus],
              [x, bus],
            ]),
          ),
          arrow("out", [[x, bus], bottomOf(gateway, x)]),
          arrow("out", [[x, gateway.y], bottomOf(internet, x)]),
          label("outText", [x + 10, gateway.y - 16], nat.ports),
          ...back.flatMap((placed) => toNat(topology, layout, placed)),
        ]
      : []),
    ...(toService
      ? [
          ...back.flatMap(({ subnet, box }) => {
            if (gatewaysOf(topology, subnet, "service").length === 0) return [];
            const column = box.x + 60;
            return arrow("out", [
              [column, box.y + hostY + nodeHeight],
              [column, y],
              [serviceGateway.x, y],
            ]);
          }),
          arrow("out", [
            [serviceGateway.x + serviceGateway.width, y],
            [service.x, y],
          ]),
          label("outText", [serviceGateway.x - 12, y - 8], toService.ports, "end"),
        ]
      : []),
  ];
}

/** From a back subnet's instances to the NAT gateway that its route names. */
function toNat(topology: Topology, layout: Layout, { subnet, box }: Placed): readonly string[] {
  const [target] = gatewaysOf(topology, subnet, "nat").flatMap((gateway) => natBox(layout, gateway));
  if (!target) return [];
  const start: Point = [box.x + outLane, box.y + hostY];
  const end = bottomOf(target, laneOf(target));
  const between = box.y - 40;
  return [
    arrow("out", start[0] === end[0] ? [start, end] : [start, [start[0], between], [end[0], between], end]),
  ];
}

/** The gateways of one kind that a subnet's routes name. */
function gatewaysOf(topology: Topology, { routes }: Subnet, wanted: Gateway["kind"]): readonly Gateway[] {
  return topology.gateways.filter(({ id, kind }) => kind === wanted && routes.some(({ to }) => to === id));
}

/** The node of a NAT gateway, below the balancer in its subnet. */
function natBox({ front }: Layout, { kind, subnet }: Gateway): readonly Box[] {
  const placed = front.find((candidate) => candidate.subnet.id === subnet);
  if (kind !== "nat" || !placed) return [];
  return [{ x: placed.box.x + outLane - 78, y: placed.box.y + 130, width: 104, height: nodeHeight }];
}

function nodes(topology: Topology, layout: Layout, words: Words, flows: readonly Flow[]): readonly string[] {
  const [balancer] = topology.balancers;
  const ports = balancer?.listeners.map(({ port }) => port).join(", ");
  const hostsIn = (role: Host["role"], { subnet }: Placed) =>
    topology.hosts.filter((host) => host.role === role && host.subnet === subnet.id);
  const clients = flows.find(({ to }) => to === "balancer");
  const services = flows.filter(({ via }) => via === "service").map(({ to }) => to);
  return [
    ...node("card", layout.internet, "Internet", clients?.versions),
    ...(topology.gateways.some(({ kind }) => kind === "internet")
      ? node("card", layout.gateway, words.internetGateway)
      : []),
    ...(balancer
      ? node("inCard", layout.balancer, `${words.balancer} ${balancer.name}`, `listens on ${ports}`)
      : []),
    ...topology.gateways.flatMap((gateway) =>
      natBox(layout, gateway).flatMap((box) => node("outCard", box, words.natGateway, "IPv4, outwards")),
    ),
    ...layout.back.flatMap((placed) => {
      const box = {
        x: placed.box.x + 20,
        y: placed.box.y + hostY,
        width: placed.box.width - 40,
        height: nodeHeight,
      };
      const endpoints = hostsIn("endpoint", placed).length;
      const note = endpoints > 0 ? `beside ${endpoints} ${words.endpoints}` : words.group;
      return hostsIn("instance", placed).length > 0 ? node("inCard", box, words.instances, note) : [];
    }),
    ...(services.length > 0
      ? [
          ...node("outCard", layout.serviceGateway, words.serviceGateway),
          ...node("card", layout.service, services.join(", ")),
        ]
      : []),
  ];
}

function bottomOf({ y, height }: Box, x: number): Point {
  return [x, y + height];
}

/** Where what goes out leaves a NAT gateway, and comes to it. */
function laneOf(box: Box): number {
  return box.x + 78;
}

function middleOf({ x, y, width, height }: Box): Point {
  return [x + width / 2, y + height / 2];
}
