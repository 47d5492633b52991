/** The limits protect the memory: no request that they allow, and no number of them, exceeds the process's memory. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildImage, Docker, Host, startLoad } from "@sorted/testbed";
import { test } from "tap";
import { memoryLimits } from "../src/load/memory-limits.ts";
import { becomesReady, origin, runImage } from "./image.ts";

test("in 256 MiB", async (t) => {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);
  const container = await runImage(docker);
  t.teardown(() => container.remove());
  const host = await Host.of(container);
  await becomesReady(host);

  const { maxBodyBytes, maxNumbers } = memoryLimits(256 * 2 ** 20);
  /** Posts such a body. Returns the status of the answer, or that there was none. */
  const post = async (bytes: number, numbers: number): Promise<string> => {
    const script = join(import.meta.dirname, "post-numbers.ts");
    return host.run(process.execPath, script, origin, `${bytes}`, `${numbers}`).then(
      (status) => status.trim(),
      () => "no answer",
    );
  };

  // Twice each, because the second finds what the first has left.
  for (const round of ["first", "second"]) {
    t.equal(await post(maxBodyBytes, maxNumbers), "200", `${round}: most bytes, most numbers`);
    t.equal(await post(maxBodyBytes, 1), "200", `${round}: most bytes in one number`);
    t.equal(await post(2 * maxNumbers + 1, maxNumbers), "200", `${round}: most numbers, shortest`);
  }
  t.equal(await post(maxBodyBytes + 1, 1), "413", "a byte more is refused");
  t.equal(await post(2 * maxNumbers + 3, maxNumbers + 1), "413", "a number more is refused");

  const residentMebibytes = async (field: string): Promise<number> => {
    const status = await host.run("grep", field, `/proc/${await container.pid()}/status`);
    return Math.round(Number(status.match(/\d+/)?.[0]) / 1024);
  };
  t.comment(`at most ${await residentMebibytes("VmHWM")} MiB resident`);

  // If each of thousands of requests left something behind, it would add up to more than there is.
  const load = startLoad(host, origin, 8);
  t.teardown(() => load.stop());
  await sleep(20_000);
  const { answered, ...failures } = await load.stop();
  t.same(
    failures,
    { retried: [], refused: 0, lost: [], unsafe: [] },
    "clients that never pause are all served",
  );
  t.comment(`${answered} answered, then ${await residentMebibytes("VmRSS")} MiB resident`);

  t.equal(
    await container.inspect("{{.State.Running}} {{.State.OOMKilled}} {{.RestartCount}}"),
    "true false 0",
  );
});
