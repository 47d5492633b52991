/** compose.yaml as it is, started by Docker Compose; only the names of the images differ. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  buildImage,
  Compose,
  Docker,
  Host,
  image,
  root,
  smoke,
  startLoad,
  substituteImages,
} from "@sorted/testbed";
import { test } from "tap";

const clients = 8;

test("compose.yaml", async (t) => {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);
  const compose = new Compose(docker, {
    file: join(root, "compose.yaml"),
    override: {
      services: {
        api: { image },
        ...(docker.isOurs && { balancer: { image: (await substituteImages(docker)).haproxy } }),
      },
    },
    project: "sorted-system-check",
    // Any free port.
    environment: { PORT: "0" },
  });
  t.teardown(() => compose.close());
  const machine = Host.machine();

  await compose.command("up", "--detach", "--wait", "--no-build", "--quiet-pull");
  const url = `http://${(await compose.command("port", "balancer", "8080")).trim()}`;

  t.test("brings up three healthy replicas and serves on one port", async (t) => {
    const replicas = (await compose.command("ps", "--format", "{{.Health}} {{.Ports}}", "api"))
      .trim()
      .split("\n");
    t.equal(replicas.length, 3);
    for (const replica of replicas) {
      t.match(replica, /^healthy/);
      t.notMatch(replica, /->/, "not published");
    }
    await t.resolves(machine.run(process.execPath, smoke, url), "the smoke check passes");
  });

  t.test("loses no request while a replica is stopped", async (t) => {
    const load = startLoad(machine, url, clients);
    t.teardown(() => load.stop());
    await sleep(1000);
    await compose.command("up", "--detach", "--no-build", "--no-recreate", "--scale", "api=2");
    await sleep(1000);
    const { answered, ...failures } = await load.stop();
    t.comment(`${answered} answered`);
    t.ok(answered > clients, "there was load");
    t.same(failures, { retried: [], refused: 0, lost: [], unsafe: [] });
  });
});
