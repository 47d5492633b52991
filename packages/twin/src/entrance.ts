/** A balancer at work: it knows the hosts, and sends requests to the healthy ones. */
import { byId, type Balancer as Model } from "@sorted/infra-check/reachability";
import { waitFor } from "@sorted/testbed";
import type { Fabric } from "./fabric.ts";
import { addressOf } from "./gateways.ts";
import type { PassThrough } from "./pass-through.ts";
import { startProber, startProxy } from "./proxy.ts";

export interface Entrance {
  /** Where clients find it over IPv4; several addresses if its name has several. */
  readonly urls: readonly string[];
  /** The same over IPv6; none if it has no such address. */
  readonly urlsOverIpv6: readonly string[];
  /** Sets the hosts, by id, that it must serve. */
  register(ids: readonly string[]): Promise<void>;
  /**
   * Waits until it sends requests to exactly these hosts.
   *
   * @param without hosts of its own, by id, that are cut off and learn nothing
   */
  serves(ids: readonly string[], without?: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts a balancer of the topology, in a fabric with its hosts plugged in. */
export function openEntrance(fabric: Fabric, model: Model, folder: string): Entrance {
  const passThrough = fabric.passThroughs.find((candidate) => candidate.model === model);
  return passThrough ? passingEntrance(fabric, passThrough, folder) : proxyEntrance(fabric, model, folder);
}

function addressesOf({ topology }: Fabric, ids: readonly string[]): readonly string[] {
  return ids.map((id) => addressOf(byId(topology.hosts, id), 4) ?? "");
}

function proxyEntrance(fabric: Fabric, model: Model, folder: string): Entrance {
  const proxies = model.hosts.flatMap((id) => {
    const host = fabric.hostOf(id);
    return host ? [{ id, proxy: startProxy(host, model, folder) }] : [];
  });
  return {
    urls: model.hosts.map((id) => `http://${fabric.publicAddress(id)}`),
    urlsOverIpv6: model.hosts.flatMap((id) => {
      const host = byId(fabric.topology.hosts, id);
      return host.publicOver.includes(6) ? [`http://[${addressOf(host, 6)}]`] : [];
    }),
    async register(ids) {
      for (const { proxy } of proxies) proxy.setServers(addressesOf(fabric, ids));
    },
    async serves(ids, without = []) {
      const reached = proxies.filter(({ id }) => !without.includes(id));
      await Promise.all(reached.map(({ proxy }) => proxy.serves(addressesOf(fabric, ids))));
    },
    async close() {
      await Promise.all(proxies.map(({ proxy }) => proxy.close()));
    },
  };
}

const pollMilliseconds = 300;

function passingEntrance(fabric: Fabric, passThrough: PassThrough, folder: string): Entrance {
  const { listeners, name } = passThrough.model;
  const backend = listeners.find((listener) => listener.backend)?.backend;
  if (!fabric.platform || !backend) throw new Error(`${name} has nobody to ask for the health of its hosts`);
  const prober = startProber(fabric.platform, backend, folder);
  let registered: readonly string[] = [];
  let turn = Promise.resolve();
  let failure: unknown;
  const follow = async (): Promise<void> => {
    const servers = await prober.servers().catch(() => []);
    const up = servers.filter(({ isUp }) => isUp).map(({ address }) => address);
    const pool = registered.filter((id) => up.includes(addressesOf(fabric, [id])[0] ?? ""));
    if (pool.join() !== passThrough.pool.join()) await passThrough.setPool(pool);
  };
  const timer = setInterval(() => {
    turn = turn.then(follow).catch((error) => {
      failure = error;
    });
  }, pollMilliseconds);
  return {
    urls: [`http://${passThrough.address}`],
    urlsOverIpv6: [],
    async register(ids) {
      registered = ids;
      prober.setServers(addressesOf(fabric, ids));
    },
    async serves(ids) {
      const expected = ids.toSorted().join();
      await waitFor(`${name} to serve ${expected}`, async () => {
        if (failure) throw failure;
        return passThrough.pool.toSorted().join() === expected || undefined;
      });
    },
    async close() {
      clearInterval(timer);
      await turn;
      await prober.close();
    },
  };
}
