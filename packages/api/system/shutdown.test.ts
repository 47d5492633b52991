/** What SIGTERM does to a container under load, with and without time for a load balancer to notice. */
import { setTimeout as sleep } from "node:timers/promises";
import { Docker, Host, startLoad, waitFor } from "@sorted/testbed";
import { test } from "tap";
import { buildImage, origin, runImage } from "./image.ts";

test("SIGTERM under load", async (t) => {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);

  for (const SHUTDOWN_DELAY_SECONDS of ["0", "2"]) {
    t.test(`loses nothing with SHUTDOWN_DELAY_SECONDS=${SHUTDOWN_DELAY_SECONDS}`, async (t) => {
      const container = await runImage(docker, { SHUTDOWN_DELAY_SECONDS });
      t.teardown(() => container.remove());
      const host = await Host.of(container);
      // The host, and with it the load, must outlast the container.
      await waitFor("an answer", async () => (await host.run("curl", "--silent", "--fail", `${origin}/readyz`)) || undefined);

      const load = startLoad(host, origin, 8);
      await sleep(2000);
      await container.signal("SIGTERM");
      t.equal(await container.exited(), 0, "the process ends by itself, without a fault");
      const { answered, refused, lost, unsafe } = await load.stop();

      t.comment(`${answered} answered; after the port was closed ${refused} refused`);
      t.ok(answered > 100, "there was load");
      t.same([...lost, ...unsafe], [], "every request that was accepted is answered");
    });
  }
});
