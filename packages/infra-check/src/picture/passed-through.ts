/**
 * A picture of a network behind a balancer that passes packets through: it stands before the network, and at a machine the
 * sender is the client. Arrows and list are computed from routes and filters, as in {@link drawNetwork}.
 */
import type { Host, Subnet, Topology } from "../reachability/topology.ts";
import { type FlowWords, flowList } from "./flow-list.ts";
import { type Flow, flowsOf } from "./flows.ts";
import { arrow, type Box, document, label, node, rectangle } from "./svg.ts";

/** Words that a cloud has its own for. */
export interface PassedThroughWords extends FlowWords {
  readonly title: string;
  /** Of the network, such as `virtual network`. */
  readonly network: string;
  /** What keeps the instances at work. */
  readonly group: string;
  /** What the balancer, and what all the rest, belongs to. */
  readonly frontFrame: string;
  readonly backFrame: string;
}

/** Where what comes in goes down, and what goes out goes up. */
const inLane = 480;
const outLane = 790;

const boxes = {
  internet: { x: 370, y: 20, width: 530, height: 44 },
  frontFrame: { x: 210, y: 112, width: 470, height: 112 },
  balancer: { x: 330, y: 154, width: 300, height: 48 },
  backFrame: { x: 210, y: 252, width: 746, height: 340 },
  nat: { x: 700, y: 282, width: 180, height: 48 },
  network: { x: 230, y: 360, width: 706, height: 212 },
  subnet: { x: 250, y: 408, width: 666, height: 146 },
  instances: { x: 400, y: 488, width: 490, height: 48 },
  prober: { x: 16, y: 490, width: 174, height: 44 },
} as const satisfies Readonly<Record<string, Box>>;

/**
 * Draws a network with one such balancer, and one subnet of instances.
 *
 * @returns an SVG, for light and dark surroundings
 * @throws if there is no such balancer, or not one subnet of instances
 */
export function drawPassedThrough(topology: Topology, words: PassedThroughWords): string {
  const flows = flowsOf(topology);
  const listY = boxes.backFrame.y + boxes.backFrame.height + 40;
  const list = flowList(flows, words, [boxes.backFrame.x, listY]);
  return document(
    { width: 980, height: listY + list.height + 8 },
    { title: words.title, description: list.description },
    [
      ...frames(topology, words),
      ...arrows(topology, flows),
      ...nodes(topology, words, flows),
      ...list.shapes,
    ],
  );
}

function frames(topology: Topology, words: PassedThroughWords): readonly string[] {
  const { subnet, instances } = machinesOf(topology);
  const prefixes = topology.networks.flatMap((network) => network.prefixes);
  const names = (filters: Subnet["filters"]) => filters.map(({ name }) => name).join(", ");
  const { frontFrame, backFrame, network, subnet: box } = boxes;
  return [
    rectangle("zone", frontFrame, 12),
    label("title", [frontFrame.x + 16, frontFrame.y + 26], words.frontFrame),
    rectangle("zone", backFrame, 12),
    label("title", [backFrame.x + 16, backFrame.y + 26], words.backFrame),
    rectangle("network", network, 12),
    label("title", [network.x + 16, network.y + 24], words.network),
    label("note", [network.x + 16, network.y + 41], prefixes.join("   ")),
    rectangle("private", box),
    label("name", [box.x + 14, box.y + 22], "private subnet"),
    label("note", [box.x + 14, box.y + 40], [subnet.name, ...subnet.prefixes].join(", ")),
    label("note", [inLane + 24, box.y + 22], "Security groups; all must admit a packet:"),
    label("note", [inLane + 24, box.y + 40], `${names(subnet.filters)} on the subnet`),
    label("note", [inLane + 24, box.y + 57], `${names(instances.filters)} on the network interfaces`),
  ];
}

function arrows(topology: Topology, flows: readonly Flow[]): readonly string[] {
  const { internet, balancer, instances, nat, prober } = boxes;
  const clients = flows.find(({ to, via }) => to === "instance" && via === "balancer");
  const outwards = flows.find(({ from, via }) => from === "instance" && via === "nat");
  const probes = flows.find(({ from }) => from === proberOf(topology));
  const middle = prober.y + prober.height / 2;
  return [
    ...(clients
      ? [
          arrow("in", [
            [inLane, internet.y + internet.height],
            [inLane, balancer.y],
          ]),
          arrow("in", [
            [inLane, balancer.y + balancer.height],
            [inLane, instances.y],
          ]),
          label("inText", [inLane - 10, internet.y + internet.height + 24], clients.ports, "end"),
          label("inText", [inLane + 10, balancer.y + balancer.height + 40], "the client's own packets"),
        ]
      : []),
    ...(outwards
      ? [
          arrow("out", [
            [outLane, instances.y],
            [outLane, nat.y + nat.height],
          ]),
          arrow("out", [
            [outLane, nat.y],
            [outLane, internet.y + internet.height],
          ]),
          label("outText", [outLane + 10, internet.y + internet.height + 24], outwards.ports),
        ]
      : []),
    ...(probes
      ? [
          arrow("in", [
            [prober.x + prober.width, middle],
            [instances.x, middle],
          ]),
          label("inText", [boxes.subnet.x + 14, middle - 8], probes.ports),
        ]
      : []),
  ];
}

function nodes(topology: Topology, words: PassedThroughWords, flows: readonly Flow[]): readonly string[] {
  const { listeners, forwards = [], name } = balancerOf(topology);
  const ports = listeners.map(({ port }) => port).join(", ");
  const single = forwards.map(({ ports: { first, last } }) => `; ${first}-${last}: a machine each`).join("");
  const probing = proberOf(topology);
  return [
    ...node("card", boxes.internet, "Internet", flows.find(({ via }) => via === "balancer")?.versions),
    ...node("inCard", boxes.balancer, `${words.balancer} ${name}`, `listens on ${ports}${single}`),
    ...node("inCard", boxes.instances, words.instances, words.group),
    ...(topology.gateways.some(({ kind }) => kind === "nat")
      ? node("outCard", boxes.nat, words.natGateway, "IPv4, outwards")
      : []),
    ...(probing ? node("card", boxes.prober, probing) : []),
  ];
}

function balancerOf(topology: Topology) {
  const found = topology.balancers.find(({ mode }) => mode === "passThrough");
  if (!found) throw new Error("There is no balancer that passes packets through");
  return found;
}

function proberOf(topology: Topology): string | undefined {
  const { prober } = balancerOf(topology);
  return topology.services.find(({ id }) => id === prober)?.name;
}

/** The one subnet of instances, and one of those, which are all alike. */
function machinesOf({ subnets, hosts }: Topology): { readonly subnet: Subnet; readonly instances: Host } {
  const machines = hosts.filter(({ role }) => role === "instance");
  const [subnet, ...more] = subnets.filter(({ id }) => machines.some((host) => host.subnet === id));
  const [instances] = machines;
  if (!subnet || !instances || more.length > 0) throw new Error("There must be one subnet of instances");
  return { subnet, instances };
}
