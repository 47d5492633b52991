/** The network of a container: only the services of a cloud, at the addresses that a cloud gives them. */
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
  /** The network namespace around the container. */
  readonly host: Host;
  /** The bridge in it that the container's cable is connected to, again at each start. */
  readonly bridge = "surroundings";
  /** Ports of loopback by the container's ports. */
  readonly localPorts = new Map<number, number>();
  readonly #relays: ChildProcess[] = [];
  readonly #doorways: Server[] = [];

  private constructor(host: Host) {
    this.host = host;
  }

  /**
   * Sets it up. Sockets of the file system cross network namespaces, so this machine's own network does not change.
   *
   * @param folder The folder of those sockets.
   */
  static async create({ services, ports }: MachineOptions, folder: string): Promise<Surroundings> {
    const around = new Surroundings(await Host.create());
    await around.host.configure([
      `link add ${around.bridge} type bridge`,
      `link set ${around.bridge} up`,
      `address add ${GATEWAY_ADDRESS}/24 dev ${around.bridge}`,
      `address add ${SITES_ADDRESS}/24 dev ${around.bridge}`,
      `address add ${METADATA_ADDRESS}/32 dev ${around.bridge}`,
    ]);
    around.#relay(`TCP4-LISTEN:80,bind=${METADATA_ADDRESS}`, `UNIX-CONNECT:${services.metadataSocket}`);
    around.#relay(`TCP4-LISTEN:443,bind=${SITES_ADDRESS}`, `UNIX-CONNECT:${services.sitesSocket}`);
    for (const port of ports) {
      const socket = join(folder, `port-${port}`);
      around.#relay(`UNIX-LISTEN:${socket}`, `TCP4:${MACHINE_ADDRESS}:${port}`);
      around.localPorts.set(port, await around.#openDoorway(socket));
    }
    return around;
  }

  /** Removes it. */
  async close(): Promise<void> {
    for (const doorway of this.#doorways) doorway.close();
    for (const relay of this.#relays) await stop(relay);
    await this.host.close();
  }

  /** Passes connections on, from one address of socat's to another. */
  #relay(from: string, to: string): void {
    this.#relays.push(this.host.start("socat", [`${from},fork,backlog=1024`, to]));
  }

  /** Opens a port of loopback that leads to a socket, and returns it. */
  #openDoorway(socket: string): Promise<number> {
    const doorway = createServer((caller) => pipeline(caller, connect(socket), caller, () => {}));
    this.#doorways.push(doorway);
    return listen(doorway);
  }
}
