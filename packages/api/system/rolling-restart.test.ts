/** Two processes behind HAProxy, each with two workers, replaced one after the other under load. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Balancer, Host, root, startLoad, waitFor } from "@sorted/testbed";
import { test } from "tap";

const addresses = ["127.0.0.11", "127.0.0.12"];
const clients = 8;

test("a rolling restart loses not one request", async (t) => {
  const host = await Host.create();
  t.teardown(() => host.close());
  const balancer = new Balancer(host, join(root, "deploy", "haproxy.cfg"), "api");
  t.teardown(() => balancer.close());

  const startServer = (address: string): ChildProcess => {
    const child = host.start(process.execPath, [join(root, "packages/api/src/server.ts")], {
      env: { HOST: address, PORT: "3000", WORKERS: "2", LOG_LEVEL: "warn", SHUTDOWN_DELAY_SECONDS: "3" },
      stdio: ["ignore", "inherit", "inherit"],
    });
    t.teardown(() => child.kill("SIGKILL"));
    return child;
  };
  const isReady = (address: string) =>
    waitFor(
      "an answer",
      async () => (await host.run("curl", "-sf", `http://${address}:3000/readyz`)) || undefined,
    );
  const servers = new Map(addresses.map((address) => [address, startServer(address)]));
  // HAProxy assumes that a new server is up.
  for (const address of addresses) await isReady(address);
  balancer.setServers(addresses);
  await balancer.serves(addresses);

  const load = startLoad(host, "http://127.0.0.1:8080", clients);
  t.teardown(() => load.stop());
  await sleep(1000);
  for (const [address, server] of servers) {
    server.kill("SIGTERM");
    const [status] = await once(server, "exit");
    t.equal(status, 0, `${address} ends by itself`);
    startServer(address);
    await balancer.serves(addresses);
  }
  const { answered, ...failures } = await load.stop();
  t.comment(`${answered} answered`);
  t.ok(answered > clients, "there was load");
  t.same(failures, { retried: [], refused: 0, lost: [], unsafe: [] }, "none was even tried twice");
});
