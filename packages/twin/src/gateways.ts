/** The gateways of a network, out and in. Each is a host of its own between the router and the Internet. */
import {
  byId,
  type Gateway,
  type Host as ModelHost,
  type Subnet,
  type Topology,
  versionOf,
} from "@sorted/infra-check/reachability";
import { Host } from "@sorted/testbed";
import { lastAddress } from "./addresses.ts";
import type { Internet } from "./internet.ts";
import type { Link, Router } from "./router.ts";
import { hostSettings, routerSettings } from "./sysctl.ts";

/** The parts of a network that gateways connect. */
export interface Ground {
  readonly topology: Topology;
  readonly internet: Internet;
  readonly router: Router;
}

/** The gateways of a network, and the public addresses that they give its hosts. */
export interface Gateways {
  readonly hosts: readonly Host[];
  /** The public IPv4 addresses by the id of the host in the model. */
  readonly publicAddresses: ReadonlyMap<string, string>;
}

/** Builds all gateways, and routes of the subnets to them. */
export async function buildGateways(ground: Ground): Promise<Gateways> {
  const { topology } = ground;
  const nats = await Promise.all(
    topology.gateways.flatMap(({ kind, subnet }) =>
      kind === "nat" && subnet !== undefined ? [buildNat(ground, byId(topology.subnets, subnet))] : [],
    ),
  );
  const front = await buildFront(ground, nats);
  const hosts = [front.host, ...nats.map(({ host }) => host)];
  for (const gateway of topology.gateways) {
    const routes = routesTo(topology, gateway);
    if (gateway.subnet !== undefined) {
      const stand = byId(topology.subnets, gateway.subnet);
      for (const { subnet, prefix } of routes) await ground.router.routeToHost(prefix, stand, subnet);
    } else {
      const isFront = gateway.kind === "internet";
      const way = isFront ? front : await buildWayOut(ground);
      if (!isFront) hosts.push(way.host);
      for (const { subnet, prefix } of routes) await ground.router.route(prefix, way.link, subnet);
    }
  }
  return { hosts, publicAddresses: front.publicAddresses };
}

function routesTo(
  { subnets }: Topology,
  { id }: Gateway,
): readonly { readonly subnet: Subnet; readonly prefix: string }[] {
  return subnets.flatMap((subnet) =>
    subnet.routes.filter(({ to }) => to === id).map(({ prefix }) => ({ subnet, prefix })),
  );
}

interface Nat {
  readonly host: Host;
  readonly address: string;
}

/** A NAT gateway in a subnet: packets come and leave by its one interface. */
async function buildNat({ topology, router }: Ground, subnet: Subnet): Promise<Nat> {
  const host = await Host.create();
  await host.run("sysctl", ...routerSettings);
  const address = lastAddress(subnet);
  const own = byId(topology.networks, subnet.network).prefixes.filter((prefix) => versionOf(prefix) === 4);
  await host.setFirewall(`table ip nat_gateway {
    chain passing {
      type filter hook forward priority filter; policy drop;
      ct state established,related accept
      ip saddr { ${own.join(", ")} } accept
    }
    chain leaving { type nat hook postrouting priority srcnat; masquerade; }
    chain incoming {
      type filter hook input priority filter; policy drop;
      ct state established,related accept
    }
  }`);
  await router.plug(host, subnet, [address]);
  return { host, address };
}

/** A gateway without a place in a subnet. It lets connections out, under an address of its own, but not in. */
async function buildWayOut({
  topology,
  internet,
  router,
}: Ground): Promise<{ readonly host: Host; readonly link: Link }> {
  const host = await Host.create();
  await host.run("sysctl", ...routerSettings);
  await host.setFirewall(`table inet way_out {
    chain passing {
      type filter hook forward priority filter; policy drop;
      ct state established,related accept
      iifname "router" oifname "wan" accept
    }
    chain leaving { type nat hook postrouting priority srcnat; oifname "wan" masquerade; }
  }`);
  const link = await router.link(
    host,
    topology.networks.flatMap(({ prefixes }) => prefixes),
  );
  await internet.connect(host);
  return { host, link };
}

/**
 * The internet gateway: hosts with a public address use it in both directions, whatever the routes of their subnet are.
 * It translates IPv4 addresses one to one. IPv6 addresses are public as they are.
 */
async function buildFront({ topology, internet, router }: Ground, nats: readonly Nat[]) {
  const host = await Host.create();
  await host.run("sysctl", ...routerSettings);
  const prefixes = topology.networks.flatMap((network) => network.prefixes);
  const link = await router.link(host, prefixes);
  await internet.tryToReach(prefixes, await internet.connect(host));

  const publicAddresses = new Map<string, string>();
  const pairs: { readonly outer: string; readonly inner: string }[] = [];
  const translate = async (inner: string): Promise<string> => {
    const outer = await internet.addAddress(host);
    pairs.push({ outer, inner });
    return outer;
  };
  for (const model of topology.hosts) {
    const inner = model.publicOver.includes(4) ? addressOf(model, 4) : undefined;
    if (inner) publicAddresses.set(model.id, await translate(inner));
  }
  for (const { address } of nats) await translate(address);
  const public6 = topology.hosts.flatMap((model) =>
    model.publicOver.includes(6) ? (addressOf(model, 6) ?? []) : [],
  );

  await host.setFirewall(frontRules(pairs, public6));
  if (topology.networks.some(({ answersByPublicAddress }) => answersByPublicAddress)) {
    await router.answerBy(link);
  }
  return { host, link, publicAddresses };
}

function frontRules(
  pairs: readonly { readonly outer: string; readonly inner: string }[],
  public6: readonly string[],
): string {
  const into = pairs.map(({ outer, inner }) => `iifname "wan" ip daddr ${outer} dnat ip to ${inner}`);
  const out = pairs.map(({ outer, inner }) => `oifname "wan" ip saddr ${inner} snat ip to ${outer}`);
  const passing = [
    ...pairs.map(({ inner }) => `iifname "router" oifname "wan" ip saddr ${inner} accept`),
    ...public6.flatMap((address) => [
      `iifname "router" oifname "wan" ip6 saddr ${address} accept`,
      `iifname "wan" oifname "router" ip6 daddr ${address} accept`,
    ]),
  ];
  return `table inet front {
    chain arriving { type nat hook prerouting priority dstnat; ${into.join("; ")}; }
    chain leaving { type nat hook postrouting priority srcnat; ${out.join("; ")}; }
    chain passing {
      type filter hook forward priority filter; policy drop;
      ct state established,related accept
      iifname "wan" oifname "router" ct status dnat accept
      ${passing.join("\n      ")}
    }
  }`;
}

/** The place of the cloud itself. It can reach hosts at any address, because its health probes come from there. */
export async function buildPlatform(
  { topology, router }: Ground,
  prefixes: readonly string[],
): Promise<Host> {
  const host = await Host.create();
  await host.run("sysctl", ...hostSettings);
  const addresses = prefixes.map((prefix) => prefix.split("/")[0] ?? prefix);
  await host.configure(addresses.map((address) => `address add ${address}/32 dev lo`));
  const link = await router.link(host, []);
  const [source] = addresses;
  await host.configure([`route add default via ${routerEnd(link)} src ${source}`]);
  for (const prefix of prefixes) {
    for (const subnet of topology.subnets) await router.route(prefix, link, subnet);
    await router.route(prefix, link);
  }
  return host;
}

/** The other end of a gateway's link. */
function routerEnd({ addresses }: Link): string {
  return addresses[0].replace(/1$/, "0");
}

/** The address of one IP version that a host of the model has. */
export function addressOf({ addresses }: ModelHost, version: 4 | 6): string | undefined {
  return addresses.find((address) => versionOf(address) === version);
}
