/**
 * The network of a topology, made of network namespaces: its subnets and routes, its gateways and the Internet beyond
 * them. Hosts are plugged in one by one, each with its filters in front.
 */
import {
  type Balancer,
  byId,
  isOutside,
  type Host as ModelHost,
  outsidePlaces,
  type Place,
  serviceAt,
  type Topology,
} from "@sorted/infra-check/reachability";
import { Host } from "@sorted/testbed";
import { buildGateways, buildPlatform, type Gateways, type Ground } from "./gateways.ts";
import { Internet } from "./internet.ts";
import { packetFilter } from "./packet-filter.ts";
import { PassThrough } from "./pass-through.ts";
import { Router } from "./router.ts";
import { hostSettings } from "./sysctl.ts";

/** Ports of a host that lead to other ports of it. */
export type Redirects = Parameters<typeof packetFilter>[1];

interface Plugged {
  readonly host: Host;
  /** The router's end of its cable. */
  readonly port: string;
}

export class Fabric {
  readonly topology: Topology;
  readonly internet: Internet;
  /** The balancers that pass packets through. */
  readonly passThroughs: readonly PassThrough[];
  readonly #router: Router;
  readonly #gateways: Gateways;
  /** The place of the cloud itself, if it connects to hosts. */
  readonly platform: Host | undefined;
  readonly #plugged = new Map<string, Plugged>();

  private constructor(
    { topology, internet, router }: Ground,
    parts: Pick<Fabric, "passThroughs" | "platform"> & { readonly gateways: Gateways },
  ) {
    this.topology = topology;
    this.internet = internet;
    this.#router = router;
    this.#gateways = parts.gateways;
    this.passThroughs = parts.passThroughs;
    this.platform = parts.platform;
  }

  /** Builds everything but the hosts. */
  static async create(topology: Topology): Promise<Fabric> {
    const places = ([4, 6] as const).flatMap((version) => outsidePlaces(topology, version));
    const isPlatform = (address: string): boolean => serviceAt(topology, address)?.connectsTo === "everyHost";
    const internet = await Internet.create(places.filter(({ address }) => !isPlatform(address)));
    const ground = { topology, internet, router: await Router.create(topology) };
    const gateways = await buildGateways(ground);
    const isPassThrough = ({ mode }: Balancer): boolean => mode === "passThrough";
    const passThroughs = [];
    for (const balancer of topology.balancers.filter(isPassThrough))
      passThroughs.push(await PassThrough.create(ground, balancer));
    const platform = topology.services.find(({ connectsTo }) => connectsTo === "everyHost");
    return new Fabric(ground, {
      gateways,
      passThroughs,
      platform: platform && (await buildPlatform(ground, platform.prefixes)),
    });
  }

  /**
   * Puts a host of the model into its subnet, with its filters in front.
   *
   * @param host the host; an empty namespace by default
   */
  async plug(model: ModelHost, host?: Host, redirects?: Redirects): Promise<Host> {
    const subnet = byId(this.topology.subnets, model.subnet);
    const own = host ?? (await Host.create());
    await own.run("sysctl", ...hostSettings);
    await own.setFirewall(packetFilter([...model.filters, ...subnet.filters], redirects));
    const port = await this.#router.plug(own, subnet, model.addresses);
    this.#plugged.set(model.id, { host: own, port });
    return own;
  }

  /** Forgets a host. Its cable disappears with its namespace. */
  async unplug(id: string): Promise<void> {
    await this.#plugged.get(id)?.host.close();
    this.#plugged.delete(id);
  }

  /** Cuts a host off, as if it had lost power, or connects it again. */
  async setPower(id: string, state: "up" | "down"): Promise<void> {
    const plugged = this.#plugged.get(id);
    if (plugged) await this.#router.setPort(plugged.port, state);
  }

  /** The host that was plugged in for a host of the model. */
  hostOf(id: string): Host | undefined {
    return this.#plugged.get(id)?.host;
  }

  /** The host's address on the Internet over IPv4. */
  publicAddress(id: string): string | undefined {
    return this.#gateways.publicAddresses.get(id);
  }

  /** The address of a place of the model. */
  at(place: Place): Host | undefined {
    if (!isOutside(place)) return this.hostOf(place.id);
    const isPlatform = serviceAt(this.topology, place.address)?.connectsTo === "everyHost";
    return isPlatform ? this.platform : this.internet.host;
  }

  async close(): Promise<void> {
    const hosts = [
      ...[...this.#plugged.values()].map(({ host }) => host),
      ...this.#gateways.hosts,
      ...this.passThroughs.map(({ host }) => host),
      ...(this.platform ? [this.platform] : []),
      this.internet,
      this.#router,
    ];
    await Promise.all(hosts.map((host) => host.close()));
  }
}
