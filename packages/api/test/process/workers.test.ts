/** Several processes that share a port: what is the same as with one process, and what happens when one dies. */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "tap";
import { send } from "../../smoke/send.ts";
import { Client } from "../client.ts";
import { type Process, startServer } from "../process.ts";

const sort = {
  method: "POST",
  path: "/",
  headers: { "content-type": "application/json", connection: "close" },
  body: "[2,1]",
};

async function pidsOf(server: Process): Promise<number[]> {
  const lines = () => server.output.split("\n").filter((line) => line.includes("listening at"));
  while (lines().length < 2) await server.prints(/listening at.*listening at/s);
  return lines().map((line) => JSON.parse(line).pid);
}

/** Waits until the process has ended, or is a zombie. */
async function ends(pid: number): Promise<void> {
  const isAlive = () => {
    try {
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
      return false;
    }
  };
  while (isAlive()) await sleep(20);
}

async function metric(origin: string, name: string): Promise<number> {
  const { body } = await send(origin, { method: "GET", path: "/metrics" });
  const line = body.split("\n").find((one) => one.startsWith(`${name} `));
  return Number(line?.split(" ").at(-1));
}

test("two processes serve as one", async (t) => {
  const { server, port } = await startServer(t, { WORKERS: "2", RATE_LIMIT_REQUESTS: "5" });
  const origin = `http://127.0.0.1:${port}`;
  const pids = await pidsOf(server);
  t.equal(new Set(pids).size, 2);

  t.test("they count the requests of a client together", async (t) => {
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await send(origin, sort)).status);
    t.strictSame(statuses, [200, 200, 200, 200, 200, 429]);
  });

  t.test("whichever is asked, the metrics are those of both", async (t) => {
    t.equal(await metric(origin, "sorted_workers"), 2);
    t.equal(await metric(origin, "sorted_numbers_total"), 10);
    t.equal(await metric(origin, 'http_request_duration_seconds_count{route="/",status="429"}'), 1);
  });

  t.test("one that dies is replaced, and the port stays open", async (t) => {
    const [victim] = pids;
    if (victim === undefined) throw new Error("there is no process");
    process.kill(victim, "SIGKILL");
    await server.prints(/a worker died; starting another one/);
    t.equal((await send(origin, { method: "GET", path: "/healthz" })).status, 200);
    await server.prints(/(listening at.*){3}/s);
    t.equal(await metric(origin, "sorted_workers"), 2);
  });

  t.test("SIGTERM stops both, with what is in flight", async (t) => {
    server.child.kill("SIGTERM");
    t.equal(await server.exits(), 0);
    await Promise.all((await pidsOf(server)).map(ends));
  });
});

test("SIGTERM with a delay: not ready, but at work until the port is closed, also when it comes to all", async (t) => {
  const { server, port } = await startServer(t, { WORKERS: "2", SHUTDOWN_DELAY_SECONDS: "2" });
  const origin = `http://127.0.0.1:${port}`;
  const client = new Client(t, port);
  await client.write(
    "POST / HTTP/1.1\r\nHost: sorted\r\nContent-Type: application/json\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
  );
  await client.receives(/100 Continue/);
  for (const pid of await pidsOf(server)) process.kill(pid, "SIGTERM");
  server.child.kill("SIGTERM");
  await server.prints(/"stopping".*"stopping"/s);
  for (let count = 0; count < 4; count += 1) {
    t.equal((await send(origin, { method: "GET", path: "/readyz" })).status, 503);
    t.equal((await send(origin, sort)).body, '{"sorted":[1,2]}');
  }
  await client.write("[2,1]");
  t.match(await client.closes(), /\{"sorted":\[1,2\]\}/);
  t.equal(await server.exits(), 0);
  await t.rejects(send(origin, { method: "GET", path: "/healthz" }), { code: "ECONNREFUSED" });
});

test("a second signal ends all at once", async (t) => {
  const { server } = await startServer(t, { WORKERS: "2", SHUTDOWN_DELAY_SECONDS: "600" });
  const pids = await pidsOf(server);
  server.child.kill("SIGTERM");
  await server.prints(/"stopping"/);
  server.child.kill("SIGTERM");
  t.equal(await server.exits(), 1);
  await Promise.all(pids.map(ends));
  t.pass("none is left");
});
