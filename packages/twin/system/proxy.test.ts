/** What a proxy does with the connections to a target that has lost its power: nobody tells it that they have ended. */
import { join } from "node:path";
import {
  type Balancer,
  Host,
  Network,
  root,
  startLoad,
  type Tally,
  temporaryFolder,
  waitFor,
} from "@sorted/testbed";
import { type Test, test } from "tap";
import { startProxy } from "../src/proxy.ts";

const subnet = { name: "private", gateway: "10.0.1.1", prefixLength: 24 };
const [proxyAddress, staying, vanishing, replacing] = ["10.0.1.10", "10.0.1.11", "10.0.1.12", "10.0.1.13"];
const clients = 8;

const healthCheck = {
  path: "/readyz",
  intervalSeconds: 2,
  timeoutSeconds: 1,
  unhealthyAfter: 3,
  healthyAfter: 1,
};
const listener = { protocol: "tcp", port: 80, backend: { port: 3000, hosts: [], healthCheck } } as const;

test("a target in the place of one that vanished gets none of its connections", async (t) => {
  const network = await Network.create([subnet]);
  t.teardown(() => network.close());
  const proxyHost = await attachedHost(t, network, proxyAddress);
  const proxy = startProxy(proxyHost, { listeners: [listener] }, temporaryFolder());
  t.teardown(() => proxy.close());
  const hosts = new Map<string, Host>();
  for (const address of [staying, vanishing, replacing])
    hosts.set(address, await startTarget(t, network, address));

  proxy.setServers([staying, vanishing]);
  await proxy.serves([staying, vanishing]);
  await loadOn(t, proxyHost, proxy);
  await hosts.get(vanishing)?.configure(["link set eth0 down"]);
  await proxy.serves([staying]);

  proxy.setServers([staying, replacing]);
  await proxy.serves([staying, replacing]);
  const { answered, ...failures } = await loadOn(t, proxyHost, proxy);
  t.ok(answered > 0);
  t.same(failures, { retried: [], refused: 0, lost: [], unsafe: [] });
});

async function attachedHost(t: Test, network: Network, address: string): Promise<Host> {
  const host = await Host.create();
  t.teardown(() => host.close());
  await network.attach(host, subnet, address);
  return host;
}

/** Starts the API on a host of its own. */
async function startTarget(t: Test, network: Network, address: string): Promise<Host> {
  const host = await attachedHost(t, network, address);
  const child = host.start(process.execPath, [join(root, "packages", "api", "src", "server.ts")], {
    env: { HOST: address, LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  t.teardown(() => child.kill("SIGKILL"));
  await waitFor(
    "an answer",
    async () => (await host.run("curl", "-sf", `http://${address}:3000/readyz`)) || undefined,
  );
  return host;
}

/** Sends so many requests that every connection is used. */
async function loadOn(t: Test, host: Host, proxy: Balancer): Promise<Tally> {
  const sent = async (): Promise<number> =>
    (await proxy.servers()).reduce((sum, { requests }) => sum + requests, 0);
  const enough = (await sent()) + 20 * clients;
  const load = startLoad(host, "http://127.0.0.1", clients);
  t.teardown(() => load.stop());
  await waitFor("load", async () => (await sent()) > enough || undefined);
  return load.stop();
}
