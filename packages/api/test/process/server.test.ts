/** The service as a process: how it starts, refuses to start, and stops. */
import { test } from "tap";
import { send } from "../../smoke/send.ts";
import { listeningApp } from "../app.ts";
import { Client } from "../client.ts";
import { Process, startServer } from "../process.ts";

/** Sends a request without the end of its body, `1]`, and makes sure that the service waits for it. */
async function sendHalfARequest(client: Client): Promise<void> {
  await client.write(
    "POST / HTTP/1.1\r\nHost: sorted\r\nContent-Type: application/json\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
  );
  await client.receives(/100 Continue/);
  await client.write("[2,");
}

test("a bad setting is named, and nothing starts", async (t) => {
  const cases: [settings: NodeJS.ProcessEnv, message: RegExp][] = [
    [{ PORT: "http" }, /bad configuration: PORT must be a whole number/],
    [{ PORT: "65536" }, /PORT must be 65535 or less/],
    [
      { LOG_LEVEL: "loud", MAX_DEPTH: "-1" },
      /LOG_LEVEL must be one of fatal, error, .*; MAX_DEPTH must be 0 or more/,
    ],
  ];
  for (const [settings, message] of cases) {
    const server = new Process(t, "src/server.ts", [], settings);
    t.equal(await server.exits(), 1);
    t.match(server.output, message);
    t.notMatch(server.output, /\n\s+at /, "without a stack");
  }
});

test("an address that it can't listen on is named, with what to do", async (t) => {
  const { port } = await listeningApp(t);
  const taken = new RegExp(`^Port ${port} is taken\\. Set PORT to another port, as in PORT=${port + 1} `);
  const cases: [settings: NodeJS.ProcessEnv, message: RegExp][] = [
    [{ PORT: String(port) }, taken],
    [{ PORT: String(port), WORKERS: "2" }, taken],
    [{ HOST: "192.0.2.1" }, /^HOST is not an address of this machine: 192\.0\.2\.1\. Set HOST to /],
  ];
  for (const [settings, message] of cases) {
    const server = new Process(t, "src/server.ts", [], settings);
    t.equal(await server.exits(), 1);
    t.match(server.output, message);
    t.notMatch(server.output, /\n\s+at /, "without a stack");
  }
});

test("SIGTERM: what is in flight is finished, then the process ends well", async (t) => {
  const { server, port } = await startServer(t);
  const client = new Client(t, port);
  const idle = new Client(t, port);
  await sendHalfARequest(client);
  server.child.kill("SIGTERM");
  await server.prints(/"stopping"/);
  await client.write("1]");
  t.match(await client.closes(), /\{"sorted":\[1,2\]\}/);
  t.match(client.received, /connection: close/i);
  await idle.closes();
  t.equal(await server.exits(), 0);
});

test("a request that has begun to arrive when the port is closed is answered", async (t) => {
  const { server, port } = await startServer(t);
  const client = new Client(t, port);
  // The answer to the first request shows that the service has read the beginning of the second one too.
  await client.write("GET /?x=1 HTTP/1.1\r\nHost: sorted\r\n\r\nGET /?x=3,2 HTTP/1.1\r\nHost: sor");
  await client.receives(/\{"sorted":\[1\]\}/);
  server.child.kill("SIGTERM");
  await server.prints(/"stopping"/);
  await client.write("ted\r\n\r\n");
  t.match(await client.closes(), /\{"sorted":\[2,3\]\}/);
  t.equal(await server.exits(), 0);
});

test("SIGTERM with a delay: not ready, but at work until the port is closed", async (t) => {
  const { server, port } = await startServer(t, { SHUTDOWN_DELAY_SECONDS: "2" });
  const origin = `http://127.0.0.1:${port}`;
  t.equal((await send(origin, { method: "GET", path: "/readyz" })).status, 200);
  server.child.kill("SIGTERM");
  await server.prints(/"stopping"/);
  t.equal((await send(origin, { method: "GET", path: "/readyz" })).status, 503);
  t.equal((await send(origin, { method: "GET", path: "/?x=2,1" })).body, '{"sorted":[1,2]}');
  t.equal(await server.exits(), 0);
  await t.rejects(send(origin, { method: "GET", path: "/healthz" }), { code: "ECONNREFUSED" });
});

test("a client that never finishes does not hold up the end for longer than the grace", async (t) => {
  const { server, port } = await startServer(t, { GRACE_SECONDS: "1" });
  const client = new Client(t, port);
  await sendHalfARequest(client);
  server.child.kill("SIGTERM");
  t.equal(await server.exits(), 1, "and the exit status tells");
});

test("a second signal ends it at once", async (t) => {
  const { server, port } = await startServer(t);
  const client = new Client(t, port);
  await sendHalfARequest(client);
  server.child.kill("SIGTERM");
  await server.prints(/"stopping"/);
  server.child.kill("SIGTERM");
  t.equal(await server.exits(), 1);
});

test("SIGTERM while it starts is not an error, however early it comes", async (t) => {
  const signalAtOnce = `
    process.on("newListener", function signal(name) {
      if (name !== "SIGTERM") return;
      process.off("newListener", signal);
      setImmediate(() => process.kill(process.pid, name));
    });`;
  for (const WORKERS of ["1", "2"]) {
    const server = new Process(t, "src/server.ts", [], {
      PORT: "0",
      LOG_LEVEL: "warn",
      WORKERS,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(signalAtOnce)}`,
    });
    t.equal(await server.exits(), 0, `with WORKERS=${WORKERS}`);
    t.equal(server.output, "");
  }
});
