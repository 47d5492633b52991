/**
 * The cluster of compose.yaml in network namespaces: a client outside, the load balancer in a public subnet, and
 * replicas in a private subnet. Their security group admits only the balancer, and only to their port.
 */
import { join } from "node:path";
import { Balancer, type Container, type Docker, Host, Network, root } from "@sorted/testbed";
import { becomesReady, runImage } from "./image.ts";

const outside = { name: "outside", gateway: "203.0.113.1", prefixLength: 24 };
const publicSubnet = { name: "public", gateway: "10.0.0.1", prefixLength: 24 };
const privateSubnet = { name: "private", gateway: "10.0.1.1", prefixLength: 24 };
const balancerAddress = "10.0.0.10";

/** Where the client finds the service. */
export const url = `http://${balancerAddress}:8080`;

/** The security group of the replicas, for nftables. */
export const securityGroup = `
  table inet security_group {
    chain inbound {
      type filter hook input priority 0; policy drop;
      iif lo accept
      ct state established,related accept
      ip saddr ${balancerAddress} tcp dport 3000 accept
    }
  }`;

/** A replica and where it is. */
export interface Replica {
  readonly address: string;
  readonly container: Container;
  readonly host: Host;
}

/** Longer than the balancer takes to see that a replica is no longer ready. */
const shutdownDelaySeconds = 5;

export class Cluster {
  readonly client: Host;
  readonly balancer: Balancer;
  readonly balancerHost: Host;
  readonly replicas: Replica[] = [];
  readonly #docker: Docker;
  readonly #network: Network;
  #lastAddress = 10;

  private constructor(docker: Docker, network: Network, client: Host, balancerHost: Host) {
    this.#docker = docker;
    this.#network = network;
    this.client = client;
    this.balancerHost = balancerHost;
    this.balancer = new Balancer(balancerHost, join(root, "deploy", "haproxy.cfg"), "api");
  }

  /** Starts the cluster with this many replicas. */
  static async create(docker: Docker, size: number): Promise<Cluster> {
    const network = await Network.create([outside, publicSubnet, privateSubnet]);
    const client = await Host.create();
    await network.attach(client, outside, "203.0.113.10");
    const balancerHost = await Host.create();
    await network.attach(balancerHost, publicSubnet, balancerAddress);
    const cluster = new Cluster(docker, network, client, balancerHost);
    for (let count = 0; count < size; count += 1) await cluster.add();
    await cluster.announce();
    return cluster;
  }

  /** Starts one more replica. The balancer does not know it yet. */
  async add(): Promise<Replica> {
    this.#lastAddress += 1;
    const address = `10.0.1.${this.#lastAddress}`;
    const container = await runImage(this.#docker, { SHUTDOWN_DELAY_SECONDS: `${shutdownDelaySeconds}` });
    const host = await Host.of(container);
    await host.setFirewall(securityGroup);
    await this.#network.attach(host, privateSubnet, address);
    await becomesReady(host);
    const replica = { address, container, host };
    this.replicas.push(replica);
    return replica;
  }

  /** Tells the balancer the replicas, and waits until it uses them. */
  async announce(): Promise<void> {
    const addresses = this.replicas.map(({ address }) => address);
    this.balancer.setServers(addresses);
    try {
      await this.balancer.serves(addresses);
    } catch (error) {
      throw new Error(`the replicas are ${await this.#states()}`, { cause: error });
    }
  }

  async #states(): Promise<string> {
    const template = "{{.State.Status}} (status {{.State.ExitCode}}, out of memory: {{.State.OOMKilled}})";
    const states = this.replicas.map(({ container }) => container.inspect(template));
    return (await Promise.all(states)).join(", ");
  }

  /** Forgets a replica that has ended. */
  async remove(replica: Replica): Promise<void> {
    this.replicas.splice(this.replicas.indexOf(replica), 1);
    await replica.container.remove();
  }

  async close(): Promise<void> {
    for (const { container } of this.replicas) await container.remove();
    await this.balancer.close();
    await Promise.all([this.client.close(), this.balancerHost.close(), this.#network.close()]);
  }
}
