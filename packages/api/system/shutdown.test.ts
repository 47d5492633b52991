/** What SIGTERM does to a container: it ends, and loses no request. */
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { buildImage, Docker, Host, startLoad, waitFor } from "@sorted/testbed";
import { test } from "tap";
import { becomesReady, origin, runImage } from "./image.ts";

test("SIGTERM", async (t) => {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);

  t.test("lets a request in flight be answered, then ends the process", async (t) => {
    const container = await runImage(docker);
    t.teardown(() => container.remove());
    const host = await Host.of(container);
    await becomesReady(host);
    const client = host.start(process.execPath, [join(import.meta.dirname, "post-in-halves.ts"), origin], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const { stdin, stdout } = client;
    if (!stdin || !stdout) throw new Error("the client has no pipes");
    await once(stdout, "data");
    // The answer comes after the first half has been read.
    await becomesReady(host);

    await container.signal("SIGTERM");
    await waitFor("the port to be closed", async () => !(await isOpen(host)) || undefined);
    stdin.write("\n");
    t.equal(await text(stdout), '200 {"sorted":[1,2,3]}\n');
    t.equal(await container.exited(), 0);
  });

  t.test("lets new requests under load be answered as well for SHUTDOWN_DELAY_SECONDS", async (t) => {
    const container = await runImage(docker, { SHUTDOWN_DELAY_SECONDS: "6" });
    t.teardown(() => container.remove());
    const host = await Host.of(container);
    await becomesReady(host);
    const clients = 8;
    const load = startLoad(host, origin, clients);
    t.teardown(() => load.stop());
    await sleep(1000);
    await container.signal("SIGTERM");
    await waitFor("/readyz to fail", async () => (await readiness(host)) === "503" || undefined);
    await sleep(1000);
    const { answered, ...failures } = await load.stop();
    t.comment(`${answered} answered`);
    t.ok(answered > clients, "there was load");
    t.same(failures, { retried: [], refused: 0, lost: [], unsafe: [] });
    t.equal(await container.exited(), 0);
  });
});

function isOpen(host: Host): Promise<boolean> {
  return host.run("curl", "--silent", `${origin}/healthz`).then(
    () => true,
    () => false,
  );
}

function readiness(host: Host): Promise<string> {
  return host.run(
    "curl",
    "--silent",
    "--output",
    "/dev/null",
    "--write-out",
    "%{http_code}",
    `${origin}/readyz`,
  );
}
