/**
 * A balancer that passes packets on unchanged: nftables chooses a backend for each connection, which sees the client's
 * address.
 */
import { type Balancer, byId, type Listener } from "@sorted/infra-check/reachability";
import { Host } from "@sorted/testbed";
import { addressOf, type Ground } from "./gateways.ts";
import { routerSettings } from "./sysctl.ts";

export class PassThrough {
  readonly model: Balancer;
  readonly host: Host;
  /** Its public address. */
  readonly address: string;
  readonly #ground: Ground;
  #pool: readonly string[] = [];

  private constructor(ground: Ground, model: Balancer, host: Host, address: string) {
    this.#ground = ground;
    this.model = model;
    this.host = host;
    this.address = address;
  }

  /** Builds it, with an empty pool. */
  static async create(ground: Ground, model: Balancer): Promise<PassThrough> {
    const { topology, internet, router } = ground;
    const host = await Host.create();
    await host.run("sysctl", ...routerSettings);
    const link = await router.link(
      host,
      topology.networks.flatMap(({ prefixes }) => prefixes),
    );
    const addresses = await internet.connect(host);
    await router.answerBy(link);
    const balancer = new PassThrough(ground, model, host, addresses[4]);
    await balancer.setPool([]);
    return balancer;
  }

  /** Sets the hosts, by id, of new connections. Existing connections stay with their host. */
  get pool(): readonly string[] {
    return this.#pool;
  }

  async setPool(ids: readonly string[]): Promise<void> {
    this.#pool = ids;
    const rules = [...this.model.listeners.flatMap((listener) => this.#share(listener)), ...this.#forwards()];
    await this.host.setFirewall(`table ip balancer {
      chain arriving {
        type nat hook prerouting priority dstnat; policy accept;
        ${rules.join("\n        ")}
      }
      chain passing {
        type filter hook forward priority filter; policy drop;
        ct state established,related accept
        iifname "wan" ct status dnat accept
      }
      chain own { type filter hook input priority filter; policy drop; }
    }`);
  }

  /** The source's address and port choose the host of the pool for a connection. */
  #share({ protocol, port, backend }: Listener): readonly string[] {
    const members = (backend?.hosts ?? []).filter((id) => this.#pool.includes(id));
    if (!backend || members.length === 0) return [];
    const map = members.map((id, index) => `${index} : ${this.#addressOf(id)} . ${backend.port}`);
    const source = `jhash ip saddr . ${protocol} sport mod ${members.length} seed 0x1`;
    return [
      `iifname "wan" ${protocol} dport ${port} dnat ip addr . port to ${source} map { ${map.join(", ")} }`,
    ];
  }

  #forwards(): readonly string[] {
    return (this.model.forwards ?? []).flatMap(({ protocol, ports, port, hosts }) =>
      hosts.map(
        (id, index) =>
          `iifname "wan" ${protocol} dport ${ports.first + index} dnat ip to ${this.#addressOf(id)}:${port}`,
      ),
    );
  }

  #addressOf(id: string): string {
    const address = addressOf(byId(this.#ground.topology.hosts, id), 4);
    if (!address) throw new Error(`${id} has no IPv4 address, and ${this.model.name} passes on to it`);
    return address;
  }
}
