/** Faults of single processes: a worker that hangs, one that the kernel ends for its memory, a primary that is killed. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { text } from "node:stream/consumers";
import { waitFor } from "@sorted/testbed";
import tap, { type Test } from "tap";
import { startServer } from "../test/process.ts";
import { ControlGroup } from "./control-group.ts";

/** Asks on a connection of its own, and gives up after a while. @returns the answer; undefined if there is none */
async function ask(port: number, path: string): Promise<string | undefined> {
  const asked = get({ port, host: "127.0.0.1", path, agent: false, timeout: 3000 });
  asked.on("timeout", () => asked.destroy());
  try {
    const [incoming] = await once(asked, "response");
    return incoming.statusCode === 200 ? await text(incoming) : undefined;
  } catch {
    return undefined;
  }
}

/** How many workers the metrics count. The first answer of several counts: one question may reach a worker that hangs. */
async function countWorkers(port: number): Promise<string | undefined> {
  const answers = [1, 2, 3].map(async () => {
    const count = /^sorted_workers (\d)/m.exec((await ask(port, "/metrics")) ?? "")?.[1];
    if (count === undefined) throw new Error("no metrics");
    return count;
  });
  return Promise.any(answers).catch(() => undefined);
}

async function start(t: Test, settings: NodeJS.ProcessEnv = {}) {
  const { server, port } = await startServer(t, { WORKERS: "2", ...settings });
  await server.prints(/(listening at.*\s+.*){2}/);
  const { pid } = server.child;
  const workers = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
  const [worker] = workers;
  if (worker === undefined) throw new Error("there is no worker");
  return { server, port, workers, worker };
}

function isGone(pid: number): true | undefined {
  try {
    process.kill(pid, 0);
    return undefined;
  } catch {
    return true;
  }
}

tap.test("a worker that hangs is replaced, and until then left out of the metrics", async (t) => {
  const { server, port, worker } = await start(t, { WORKER_TIMEOUT_SECONDS: "6" });
  process.kill(worker, "SIGSTOP");
  t.equal(await countWorkers(port), "1");
  await server.prints(new RegExp(`"pid":${worker},.*no sign of life`));
  await waitFor("two workers", async () => (await countWorkers(port)) === "2" || undefined);
  server.child.kill("SIGTERM");
  t.equal(await server.exits(), 0);
});

tap.test("a worker that the kernel ends for its memory is replaced", async (t) => {
  const { server, port, worker } = await start(t);
  // It needs more than that.
  new ControlGroup(t, `worker-${worker}`, 2 ** 20).add(worker);
  await server.prints(new RegExp(`"pid":${worker},"code":null,"signal":"SIGKILL".*starting another one`));
  t.equal(await ask(port, "/?x=2,1"), '{"sorted":[1,2]}', "the other one answers");
  await waitFor("two workers", async () => (await countWorkers(port)) === "2" || undefined);
  server.child.kill("SIGTERM");
  t.equal(await server.exits(), 0);
});

tap.test("workers end with a primary process that is killed", async (t) => {
  const { server, port, workers } = await start(t);
  server.child.kill("SIGKILL");
  for (const worker of workers) await waitFor(`the end of worker ${worker}`, async () => isGone(worker));
  t.equal(await ask(port, "/healthz"), undefined, "the port is free");
});
