/** A twin: the network of a topology, with real containers as its instances and a balancer in front of them. */
import { rmSync } from "node:fs";
import { byId, type Host as ModelHost, type Topology } from "@sorted/infra-check/reachability";
import { type Container, type Docker, Host, temporaryFolder, waitFor } from "@sorted/testbed";
import { type DeclaredContainer, declaredContainer } from "./bootstrap.ts";
import { type Entrance, openEntrance } from "./entrance.ts";
import { Fabric } from "./fabric.ts";

/** A program's declarations, as far as a twin needs them. */
export interface Declaration {
  readonly topology: Topology;
  /** The user data of the instances, in base64. */
  readonly userData: string;
}

/** A running instance. */
export interface Instance {
  readonly model: ModelHost;
  readonly container: Container;
  /** By digest. */
  readonly image: string;
}

export class Twin {
  readonly fabric: Fabric;
  /** The address that this machine has as a client. */
  readonly machineAddress: string;
  readonly #docker: Docker;
  readonly #entrance: Entrance;
  readonly #folder: string;
  readonly #instances = new Map<string, Instance>();
  /**
   * Hosts of the model that are or were an instance: a balancer's old connections must not find another instance there.
   */
  readonly #taken = new Set<string>();

  private constructor(
    docker: Docker,
    parts: { fabric: Fabric; machineAddress: string; entrance: Entrance; folder: string },
  ) {
    this.#docker = docker;
    this.fabric = parts.fabric;
    this.machineAddress = parts.machineAddress;
    this.#entrance = parts.entrance;
    this.#folder = parts.folder;
  }

  /** Starts the network and its balancer. Instances are started one by one. */
  static async create(docker: Docker, topology: Topology): Promise<Twin> {
    const [model, another] = topology.balancers;
    if (!model || another)
      throw new Error(`A twin has one balancer, and the topology ${topology.balancers.length}`);
    if (model.listeners.some(({ port }) => port === 443))
      throw new Error("A twin speaks no TLS: leave the certificate out");
    const fabric = await Fabric.create(topology);
    for (const host of topology.hosts) if (host.role !== "instance") await fabric.plug(host);
    const folder = temporaryFolder();
    const entrance = openEntrance(fabric, model, folder);
    const machineAddress = await fabric.internet.connectMachine();
    return new Twin(docker, { fabric, machineAddress, entrance, folder });
  }

  /** Where clients find the service, over IPv4. */
  get urls(): readonly string[] {
    return this.#entrance.urls;
  }

  /** Where clients in the twin find it over IPv6; none if it has no such address. */
  get urlsOverIpv6(): readonly string[] {
    return this.#entrance.urlsOverIpv6;
  }

  get instances(): readonly Instance[] {
    return [...this.#instances.values()];
  }

  /** The availability zones that instances can be in. */
  get zones(): readonly string[] {
    const { hosts } = this.fabric.topology;
    const zones = hosts.filter(({ role }) => role === "instance").map((host) => this.zoneOf(host));
    return [...new Set(zones)].toSorted();
  }

  /** The zone of a host: its own or its subnet's. */
  zoneOf({ zone, subnet }: ModelHost): string {
    return zone ?? byId(this.fabric.topology.subnets, subnet).zone ?? "";
  }

  /** Starts this many instances in each of the zones, at unused hosts, and waits until each is ready. */
  async start(userData: string, zones = this.zones, count = 1): Promise<readonly Instance[]> {
    const declared = declaredContainer(userData);
    const models = zones.flatMap((zone) => this.#free(zone).slice(0, count));
    if (models.length < zones.length * count)
      throw new Error("The topology has no place for another instance");
    return Promise.all(models.map((model) => this.#startOne(model, declared)));
  }

  /** Tells the balancer all instances, and waits until it sends them requests. */
  async serve(): Promise<void> {
    const ids = this.instances.map(({ model }) => model.id);
    await this.#entrance.register(ids);
    await this.#entrance.serves(ids);
  }

  /** Ends an instance gracefully: it still answers its requests in flight. */
  async stop(instance: Instance): Promise<void> {
    await instance.container.signal("SIGTERM");
    const status = await instance.container.exited();
    if (status !== 0) throw new Error(`${instance.model.name} ended with ${status}`);
    await this.remove(instance);
  }

  /** Forgets an instance, at once. */
  async remove({ model, container }: Instance): Promise<void> {
    this.#instances.delete(model.id);
    await container.remove();
    await this.fabric.unplug(model.id);
  }

  /**
   * Cuts the power of a zone: its instances, and the balancer's hosts if it has any there. Waits until the rest of the
   * balancer has noticed.
   */
  async cutPower(zone: string): Promise<void> {
    const inZone = this.#hostsIn(zone).map(({ id }) => id);
    await Promise.all(inZone.map((id) => this.fabric.setPower(id, "down")));
    const lost = this.instances.filter(({ model }) => inZone.includes(model.id));
    await Promise.all(lost.map(({ container }) => container.signal("SIGKILL")));
    const left = this.instances.filter((instance) => !lost.includes(instance));
    await this.#entrance.serves(
      left.map(({ model }) => model.id),
      inZone,
    );
  }

  /** Restores the power of everything that was cut off and not removed. */
  async restorePower(zone: string): Promise<void> {
    await Promise.all(this.#hostsIn(zone).map(({ id }) => this.fabric.setPower(id, "up")));
  }

  /** Removes everything. */
  async close(): Promise<void> {
    await this.#entrance.close();
    await Promise.all(this.instances.map(({ container }) => container.remove()));
    await this.fabric.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #hostsIn(zone: string): readonly ModelHost[] {
    return this.fabric.topology.hosts.filter((host) => this.zoneOf(host) === zone);
  }

  #free(zone: string): readonly ModelHost[] {
    return this.#hostsIn(zone).filter(({ role, id }) => role === "instance" && !this.#taken.has(id));
  }

  async #startOne(model: ModelHost, declared: DeclaredContainer): Promise<Instance> {
    this.#taken.add(model.id);
    const { image, options, environment, published } = declared;
    const digest = image.split("@")[1] ?? image;
    const container = await this.#docker.run({
      image: digest,
      options: [...options, "--network=none"],
      environment,
    });
    const instance = { model, container, image: digest };
    this.#instances.set(model.id, instance);
    const host = await Host.of(container);
    await this.fabric.plug(model, host, published);
    const [port] = published;
    await waitFor(
      `${model.name} to be ready`,
      async () =>
        (await host.run("curl", "--silent", "--fail", `http://127.0.0.1:${port?.to}${this.#readyPath}`)) ||
        undefined,
    );
    return instance;
  }

  get #readyPath(): string {
    const [balancer] = this.fabric.topology.balancers;
    const backends = balancer?.listeners.flatMap(({ backend }) => backend ?? []);
    return backends?.[0]?.healthCheck?.path ?? "/";
  }
}
