/** Three replicas behind the load balancer of compose.yaml, in network namespaces. */
import { setTimeout as sleep } from "node:timers/promises";
import { buildImage, Docker, startLoad } from "@sorted/testbed";
import { test } from "tap";
import { Cluster, securityGroup, url } from "./cluster.ts";

const clients = 8;
const body = '{"x1":"[3, 1]","x2":"2"}';

test("three replicas behind the load balancer", async (t) => {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);
  const cluster = await Cluster.create(docker, 3);
  t.teardown(() => cluster.close());
  const { client, balancer, balancerHost, replicas } = cluster;
  const post = (from: typeof client, to: string): Promise<string> =>
    from.run("curl", "--silent", "--show-error", "--max-time", "2", "--json", body, to);

  t.test("answer a client outside", async (t) => {
    t.equal(await post(client, url), '{"sorted":[1,2,3]}');
  });

  t.test("share the requests", async (t) => {
    const before = await balancer.servers();
    for (let count = 0; count < 30; count += 1) await post(client, url);
    const after = await balancer.servers();
    t.same(
      after.map(({ requests }, index) => requests - (before[index]?.requests ?? 0)),
      [10, 10, 10],
    );
  });

  t.test("can be reached through the load balancer only", async (t) => {
    for (const { address, host } of replicas) {
      const direct = `http://${address}:3000`;
      t.equal(await post(balancerHost, direct), '{"sorted":[1,2,3]}', "the balancer reaches it");
      await t.rejects(post(client, direct), { message: /timed out/ }, "a client does not");
      for (const other of replicas) {
        if (other.address !== address)
          await t.rejects(post(other.host, direct), { message: /timed out/ }, "nor does another replica");
      }
      await t.rejects(
        post(balancerHost, `http://${address}:22`),
        { message: /timed out/ },
        "nor the balancer another port",
      );
      await host.setFirewall("");
      t.equal(await post(client, direct), '{"sorted":[1,2,3]}', "without the security group, a client would");
      await host.setFirewall(securityGroup);
    }
  });

  t.test("lose no request that is safe to try again when one is killed under load", async (t) => {
    const load = startLoad(client, url, clients);
    t.teardown(() => load.stop());
    await sleep(2000);
    const [victim] = replicas;
    if (!victim) throw new Error("there is no replica");
    await victim.container.signal("SIGKILL");
    await sleep(2000);
    const { answered, retried, refused, lost, unsafe } = await load.stop();
    t.comment(
      `${answered} answered, ${retried.length} tries repeated by the client, ${unsafe.length} POST cut off: ${unsafe}`,
    );
    t.ok(answered > clients, "there was load");
    t.same({ refused, lost }, { refused: 0, lost: [] });
    t.ok(unsafe.length <= clients, "of POST, at most what was being answered by the one that was killed");

    await cluster.remove(victim);
    await cluster.add();
    await cluster.announce();
  });

  t.test("lose no request while all three are replaced, one after the other", async (t) => {
    const load = startLoad(client, url, clients);
    t.teardown(() => load.stop());
    for (const old of [...replicas]) {
      await cluster.add();
      await cluster.announce();
      await old.container.signal("SIGTERM");
      t.equal(await old.container.exited(), 0, `${old.address} ends by itself`);
      await cluster.remove(old);
      await cluster.announce();
    }
    const { answered, ...failures } = await load.stop();
    t.comment(`${answered} answered`);
    t.ok(answered > clients, "there was load");
    t.same(failures, { retried: [], refused: 0, lost: [], unsafe: [] }, "none was even tried twice");
  });
});
