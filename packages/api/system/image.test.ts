/** What is in the image, how it is built, and that it serves without everything that it does not need. */
import { randomUUID } from "node:crypto";
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildImage, type Container, Docker, Host, image, root, smoke, waitFor } from "@sorted/testbed";
import { test } from "tap";
import { becomesReady, origin, runImage } from "./image.ts";

async function waitForHealth(container: Container, state: "healthy" | "unhealthy"): Promise<void> {
  await waitFor(`Docker to call it ${state}`, async () => {
    return (await container.inspect("{{.State.Health.Status}}")) === state || undefined;
  });
}

test("the image", async (t) => {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);

  t.test("adds less than 25 MB to Node and its base", async (t) => {
    const layers = await docker.client.command(
      "history",
      "--human=false",
      "--format",
      "{{.CreatedBy}}\t{{.Size}}",
      image,
    );
    const size = (instruction: string): number =>
      layers
        .split("\n")
        .map((line) => line.split("\t"))
        .filter(([createdBy]) => createdBy?.includes(instruction))
        .reduce((sum, [, bytes]) => sum + Number(bytes), 0);
    const added = size("/build/packages/api/dist") + size("/lambda-adapter");
    const total = Number(await docker.inspectImage(image, "{{.Size}}"));
    t.comment(`${(added / 1e6).toFixed(1)} MB of ${(total / 1e6).toFixed(0)} MB`);
    t.ok(size("/build/packages/api/dist") > 0 && size("/lambda-adapter") > 0, "both layers are there");
    t.ok(added < 25e6);
  });

  t.test("has no shell and no package manager", async (t) => {
    for (const command of ["sh", "/bin/sh", "bash", "npm", "apt-get"]) {
      const run = docker.client.command(
        "run",
        "--rm",
        "--network=none",
        "--entrypoint",
        command,
        image,
        "-c",
        ":",
      );
      await t.rejects(run, { message: /not found|no such file/i }, command);
    }
  });

  t.test("is not root, says how it is asked and stopped, and what it is", async (t) => {
    t.match(await docker.inspectImage(image, "{{json .Config}}"), {
      User: "65532:65532",
      StopSignal: "SIGTERM",
      Healthcheck: { Test: ["CMD", "/nodejs/bin/node", "healthcheck.mjs"] },
      Labels: {
        "org.opencontainers.image.title": "sorted-api",
        "org.opencontainers.image.licenses": "Apache-2.0",
        "org.opencontainers.image.revision": String,
      },
    });
  });

  t.test("serves with everything dropped, and knows its health", async (t) => {
    const started = performance.now();
    const container = await runImage(docker);
    t.teardown(() => container.remove());
    const host = await Host.of(container);
    await becomesReady(host);
    t.comment(`first answer ${Math.round(performance.now() - started)} ms after docker run`);

    await t.resolves(host.run(process.execPath, smoke, origin), "the smoke check passes");
    await waitForHealth(container, "healthy");
  });

  t.test("is unhealthy while nothing answers", async (t) => {
    const container = await docker.run({
      image,
      options: [
        "--network=none",
        "--health-interval=1s",
        "--health-retries=1",
        "--entrypoint=/nodejs/bin/node",
      ],
      command: ["--eval", "setInterval(() => {}, 1000)"],
    });
    t.teardown(() => container.remove());
    await waitForHealth(container, "unhealthy");
  });

  t.test("refuses a wrong setting in one line", async (t) => {
    const container = await runImage(docker, { PORT: "70000" });
    t.teardown(() => container.remove());
    t.equal(await container.exited(), 1);
    t.match(await container.logs(), /^bad configuration: PORT .*\n$/);
  });

  t.test("names the sources in its stack traces", async (t) => {
    const breakIt = "process.on=process.once=()=>{throw(Error('broken'))}";
    const container = await runImage(docker, { NODE_OPTIONS: `--import=data:text/javascript,${breakIt}` });
    t.teardown(() => container.remove());
    t.equal(await container.exited(), 1);
    t.match(await container.logs(), /Error: broken[\s\S]*src\/process\/serve\.ts:\d+/);
  });

  t.test("needs only the bundle to be made again after a change of source", async (t) => {
    const copy = mkdtempSync(join(tmpdir(), "sources-"));
    t.teardown(() => rmSync(copy, { recursive: true }));
    cpSync(root, copy, {
      recursive: true,
      filter: (path) => !/\/(node_modules|\.git|\.tap|dist)$/.test(path),
    });
    // A change that no earlier run can have made: otherwise the build would come from the cache.
    appendFileSync(join(copy, "packages", "api", "src", "server.ts"), `// ${randomUUID()}\n`);

    const started = performance.now();
    const log = await buildImage(docker, { context: copy });
    t.comment(`rebuilt in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    const step = (command: string): string =>
      log.match(new RegExp(`#(\\d+) \\[build .*RUN.*${command}[^]*?\\n#\\1 (CACHED|DONE)`))?.[2] ?? "";
    t.equal(step("install --frozen-lockfile"), "CACHED");
    t.equal(step("run build"), "DONE");
  });
});
