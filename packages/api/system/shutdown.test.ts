/** What SIGTERM does to a container under load: it goes, and takes no request with it. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Container, Docker, Host, type Load, startLoad, waitFor } from "@sorted/testbed";
import { type Test, test } from "tap";
import { buildImage, origin, runImage } from "./image.ts";

const clients = 8;

test("SIGTERM under load", async (t) => {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);

  async function underLoad(
    t: Test,
    environment: Record<string, string>,
  ): Promise<{ container: Container; load: Load }> {
    const container = await runImage(docker, environment);
    t.teardown(() => container.remove());
    const host = await Host.of(container);
    await waitFor(
      "an answer",
      async () => (await host.run("curl", "--silent", "--fail", `${origin}/readyz`)) || undefined,
    );
    const load = startLoad(host, origin, clients);
    await sleep(2000);
    return { container, load };
  }

  t.test("answers the requests in flight, then ends", async (t) => {
    const { container, load } = await underLoad(t, {});
    // The clients send nothing new from here on: what is in flight when the signal comes is what they wait for.
    const stopped = load.stop();
    await container.signal("SIGTERM");
    const { answered, ...failures } = await stopped;
    t.same(failures, { retried: 0, refused: 0, lost: [], unsafe: [] });
    t.ok(answered > clients, `${answered} answered`);
    t.equal(await container.exited(), 0, "ends by itself, without a fault");
  });

  t.test("answers new requests as well for SHUTDOWN_DELAY_SECONDS", async (t) => {
    const { container, load } = await underLoad(t, { SHUTDOWN_DELAY_SECONDS: "4" });
    await container.signal("SIGTERM");
    await sleep(2000);
    const { answered, ...failures } = await load.stop();
    t.same(failures, { retried: 0, refused: 0, lost: [], unsafe: [] });
    t.ok(answered > clients, `${answered} answered`);
    t.equal(await container.exited(), 0, "ends by itself, without a fault");
  });
});
