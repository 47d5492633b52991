/** The network of a container: the services of a cloud, at the addresses that it has for them, and nothing else. */
import type { ChildProcess } from "node:child_process";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { stop } from "../command.ts";
import { Host } from "../host.ts";
import { listen } from "./listen.ts";
import type { MachineOptions } from "./maker.ts";
import { GATEWAY_ADDRESS, MACHINE_ADDRESS, METADATA_ADDRESS, SITES_ADDRESS } from "./seed.ts";

export class Surroundings {
  /** The container's network namespace, with one cable in `eth0`. */
  readonly inside: Host;
  /** Ports of loopback by the container's ports. */
  readonly localPorts: ReadonlyMap<number, number>;
  readonly #outside: Host;
  readonly #relays: readonly ChildProcess[];
  readonly #doorways: readonly Server[];

  private constructor(
    hosts: { readonly inside: Host; readonly outside: Host },
    relays: readonly ChildProcess[],
    doorways: readonly Server[],
    localPorts: ReadonlyMap<number, number>,
  ) {
    this.inside = hosts.inside;
    this.#outside = hosts.outside;
    this.#relays = relays;
    this.#doorways = doorways;
    this.localPorts = localPorts;
  }

  /**
   * Lays it. Network namespaces are crossed by sockets of the file system, so this machine's own network stays as it is.
   *
   * @param folder For those sockets.
   */
  static async create({ services, ports }: MachineOptions, folder: string): Promise<Surroundings> {
    const inside = await Host.create();
    const outside = await Host.create();
    await outside.connect("machine", inside, "eth0");
    await outside.configure([
      "link set machine up",
      `address add ${GATEWAY_ADDRESS}/24 dev machine`,
      `address add ${SITES_ADDRESS}/24 dev machine`,
      `address add ${METADATA_ADDRESS}/32 dev machine`,
    ]);
    const relay = (from: string, to: string) => outside.start("socat", [`${from},fork,backlog=1024`, to]);
    const relays = [
      relay(`TCP4-LISTEN:80,bind=${METADATA_ADDRESS}`, `UNIX-CONNECT:${services.metadataSocket}`),
      relay(`TCP4-LISTEN:443,bind=${SITES_ADDRESS}`, `UNIX-CONNECT:${services.sitesSocket}`),
    ];
    const doorways: Server[] = [];
    const localPorts = new Map<number, number>();
    for (const port of ports) {
      const socket = join(folder, `port-${port}`);
      relays.push(relay(`UNIX-LISTEN:${socket}`, `TCP4:${MACHINE_ADDRESS}:${port}`));
      const doorway = createServer((caller) => pipeline(caller, connect(socket), caller, () => {}));
      doorways.push(doorway);
      localPorts.set(port, await listen(doorway));
    }
    return new Surroundings({ inside, outside }, relays, doorways, localPorts);
  }

  /** Takes it away. */
  async close(): Promise<void> {
    for (const doorway of this.#doorways) doorway.close();
    for (const relay of this.#relays) await stop(relay);
    await this.#outside.close();
    await this.inside.close();
  }
}
