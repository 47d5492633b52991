/**
 * Tries in a twin what reachability says about its topology: each pair of places, at the ports where a rule draws a
 * line and at their neighbours.
 */
import {
  byId,
  findPaths,
  type IpVersion,
  isOutside,
  outsidePlaces,
  type Path,
  type Place,
  type PortRange,
  type Protocol,
  portRanges,
} from "@sorted/infra-check/reachability";
import type { Host } from "@sorted/testbed";
import type { Fabric } from "./fabric.ts";
import { addressOf } from "./gateways.ts";
import type { PassThrough } from "./pass-through.ts";
import { type Attempt, probe } from "./probe.ts";

/** The result of comparing two computations of one network. */
export interface Agreement {
  /** How many attempts reachability calls open, and how many closed. */
  readonly open: number;
  readonly closed: number;
  /** In words, each attempt whose outcome in the twin differs from what reachability says. */
  readonly disagreements: readonly string[];
}

interface Trial {
  readonly from: Place;
  readonly attempt: Attempt;
  /** What reachability says. */
  readonly path: Pick<Path, "open" | "because">;
  readonly to: string;
  /** The one host that the balancer on the path must choose. */
  readonly pool?: { readonly balancer: PassThrough; readonly host: string };
}

/**
 * Compares a twin with reachability for every host, every kind of address outside, TCP, UDP and ICMP, IPv4 and IPv6.
 * All hosts of the topology must be plugged in. Balancers that pass packets through keep the pool that they had.
 */
export async function agreement(fabric: Fabric): Promise<Agreement> {
  const trials = [...pairTrials(fabric), ...silentTrials(fabric)];
  const disagreements: string[] = [];
  for (const group of grouped(trials, ({ pool }) => pool?.host ?? "").values()) {
    const before = fabric.passThroughs.map(({ pool }) => pool);
    for (const balancer of fabric.passThroughs) {
      const chosen = group.flatMap(({ pool }) => (pool?.balancer === balancer ? [pool.host] : []));
      if (chosen.length > 0) await balancer.setPool(chosen.slice(0, 1));
    }
    disagreements.push(...(await disagreementsOf(fabric, group)));
    for (const [index, balancer] of fabric.passThroughs.entries())
      await balancer.setPool(before[index] ?? []);
  }
  const open = trials.filter((trial) => trial.path.open).length;
  return { open, closed: trials.length - open, disagreements };
}

async function disagreementsOf(fabric: Fabric, trials: readonly Trial[]): Promise<readonly string[]> {
  const byHost = grouped(trials, ({ from }) => fabric.at(from));
  const found = await Promise.all(
    [...byHost].map(async ([host, own]) => {
      if (!host) throw new Error(`${own[0]?.from.name} is not plugged in`);
      return (await mismatches(host, own)).map(trialText);
    }),
  );
  return found.flat();
}

/**
 * The attempts from a host whose outcome differs from what reachability says. On a busy machine an answer may come too
 * late: if one should come, silence counts only if it stays.
 */
async function mismatches(host: Host, trials: readonly Trial[], tries = 4): Promise<readonly Trial[]> {
  const outcomes = await probe(
    host,
    trials.map(({ attempt }) => attempt),
  );
  const wrong = trials.filter(({ path: { open } }, index) => outcomes[index] !== open);
  const silent = wrong.filter((trial) => trial.path.open);
  const answered = wrong.filter((trial) => !trial.path.open);
  const stillSilent = silent.length > 0 && tries > 1 ? await mismatches(host, silent, tries - 1) : silent;
  return [...answered, ...stillSilent];
}

function trialText({ from, to, attempt, path: { open, because } }: Trial): string {
  const { protocol, port, version, source, target } = attempt;
  const said = open ? "open" : `closed (${because})`;
  const what = `${protocol.toUpperCase()} ${port} over IPv${version}`;
  return `${what} from ${from.name} (${source}) to ${to} (${target}): reachability says ${said}, the twin the contrary`;
}

function pairTrials(fabric: Fabric): readonly Trial[] {
  const { topology } = fabric;
  return ([4, 6] as const).flatMap((version) => {
    const places = [...outsidePlaces(topology, version), ...topology.hosts];
    const pairs = places.flatMap((from) => places.filter((to) => to !== from).map((to) => ({ from, to })));
    return questions(portRanges(topology)).flatMap(({ protocol, port }) =>
      pairs.flatMap(({ from, to }) =>
        findPaths(topology, { from, to, protocol, port, version }).flatMap((path) =>
          trialsOf(fabric, path, { from, to, protocol, port, version }),
        ),
      ),
    );
  });
}

/** Both ends of each range. ICMP has no ports, so it has one attempt. Nobody can connect to port 0. */
function questions(ranges: readonly PortRange[]): readonly { protocol: Protocol; port: number }[] {
  const ports = [...new Set(ranges.flatMap(({ first, last }) => [Math.max(first, 1), last]))];
  const ofBoth = (["tcp", "udp"] as const).flatMap((protocol) => ports.map((port) => ({ protocol, port })));
  return [...ofBoth, { protocol: "icmp", port: 0 }];
}

interface Pair {
  readonly from: Place;
  readonly to: Place;
  readonly protocol: Protocol;
  readonly port: number;
  readonly version: IpVersion;
}

function trialsOf(fabric: Fabric, path: Path, pair: Pair): readonly Trial[] {
  const { from, to, protocol, port, version } = pair;
  const source = sourceOf(from, version);
  const hop = path.hops.find((candidate) => candidate.kind === "balancer");
  const common = { from, to: to.name, path };
  if (!hop || isOutside(to)) {
    const target = isOutside(to) ? to.address : targetOf(fabric, from, to.id, version);
    if (source !== undefined && target !== undefined)
      return [{ ...common, attempt: { source, target, version, protocol, port } }];
    // One of the two has no address of this IP version: there is nothing to try, and nothing may be open.
    if (path.open) throw new Error(`${from.name} reaches ${to.name} without an IPv${version} address`);
    return [];
  }
  const balancer = fabric.passThroughs.find(({ model }) => model.id === hop.at.id);
  if (!balancer || source === undefined) throw new Error(`${hop.at.name} is not in the twin`);
  const attempt = { source, target: balancer.address, version, protocol };
  const { listeners, forwards = [] } = balancer.model;
  return [
    ...listeners
      .filter(({ backend }) => backend?.port === port && backend.hosts.includes(to.id))
      .map((listener) => ({
        ...common,
        attempt: { ...attempt, port: listener.port },
        pool: { balancer, host: to.id },
      })),
    ...forwards
      .filter((forward) => forward.port === port && forward.hosts.includes(to.id))
      .map(({ ports, hosts }) => ({
        ...common,
        attempt: { ...attempt, port: ports.first + hosts.indexOf(to.id) },
      })),
  ];
}

function sourceOf(from: Place, version: IpVersion): string | undefined {
  return isOutside(from) ? from.address : addressOf(from, version);
}

/** From outside, the public address if there is one. Otherwise an attacker can only try the private one. */
function targetOf(fabric: Fabric, from: Place, id: string, version: IpVersion): string | undefined {
  const own = addressOf(byId(fabric.topology.hosts, id), version);
  const isFromAfar = isOutside(from) && fabric.at(from) !== fabric.platform;
  return version === 4 && isFromAfar ? (fabric.publicAddress(id) ?? own) : own;
}

/** At the address of a balancer that passes packets through, all ports except its own are closed to everyone. */
function silentTrials(fabric: Fabric): readonly Trial[] {
  const { topology, passThroughs } = fabric;
  const clients = outsidePlaces(topology, 4).filter((place) => fabric.at(place) !== fabric.platform);
  return passThroughs.flatMap(({ address, model: { name, listeners, forwards = [] } }) =>
    questions(portRanges(topology))
      .filter(
        ({ protocol, port }) =>
          !listeners.some((listener) => listener.protocol === protocol && listener.port === port) &&
          !forwards.some(({ ports }) => ports.first <= port && port <= ports.last),
      )
      .flatMap(({ protocol, port }) =>
        clients.map((from) => ({
          from,
          to: name,
          attempt: { source: from.address, target: address, version: 4 as const, protocol, port },
          path: { open: false, because: `${name} does not listen` },
        })),
      ),
  );
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
