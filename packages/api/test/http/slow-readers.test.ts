/** Clients that ask and then don't read, or hardly: they lose their connection, and shut nobody out. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import tap from "tap";
import { listeningApp } from "../app.ts";
import { Client } from "../client.ts";

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: sorted\r\nAccept-Encoding: zstd\r\n\r\n`;
const POST = (body: string, fields = "") =>
  `POST / HTTP/1.1\r\nHost: sorted\r\n${fields}Content-Length: ${body.length}\r\n\r\n${body}`;

/** More than the system holds for a client that doesn't read. */
const LARGE = `[${"7,".repeat(6_000_000)}7]`;

/** The service's end of the client's connection. */
function serverSide(app: FastifyInstance, { socket }: Client): Socket {
  for (const other of app.connections) if (other.remotePort === socket.localPort) return other;
  throw new Error("the service has no such connection");
}

/** Reads to the end, with a pause after each piece. */
async function readSlowly(client: Client, milliseconds: number): Promise<string> {
  client.socket.on("data", async () => {
    client.socket.pause();
    await sleep(milliseconds);
    client.socket.resume();
  });
  return client.closes();
}

// The clients wait most of the time.
tap.jobs = 2;

tap.test("who reads nothing loses the connection, whatever the answer", { buffered: true }, async (t) => {
  const { app, port } = await listeningApp(t, { ANSWER_TIMEOUT_SECONDS: "1" });
  const page = await (await fetch(`http://127.0.0.1:${port}/docs`)).text();
  const script = /assets\/[^"]+\.js/.exec(page)?.[0] ?? "";
  const asks: { readonly [name: string]: string } = {
    "a file of the page": GET(`/${script}`).repeat(90),
    "small answers": POST(`[1${",20".repeat(20_000)}]`).repeat(90),
    "a large answer": POST(LARGE),
  };
  await Promise.all(
    Object.entries(asks).map(async ([name, ask]) => {
      const client = new Client(t, port);
      await client.write(GET("/healthz"));
      await client.receives(/\}$/);
      client.socket.pause();
      const socket = serverSide(app, client);
      client.socket.write(ask);
      await once(socket, "close");
      t.ok(socket.destroyed, name);
    }),
  );
  t.equal(app.memoryBudget.bodies.acquired, 0, "nothing is held for them");
});

tap.test("who reads hardly anything loses it too", { buffered: true }, async (t) => {
  const { app, port } = await listeningApp(t, {
    ANSWER_TIMEOUT_SECONDS: "1",
    MIN_ANSWER_BYTES_PER_SECOND: "100000000",
  });
  const client = new Client(t, port);
  await client.write(GET("/healthz"));
  await client.receives(/\}$/);
  client.socket.write(POST(LARGE));
  const answer = readSlowly(client, 100);
  await once(serverSide(app, client), "close");
  client.socket.removeAllListeners("data").destroy();
  t.ok((await answer).length < LARGE.length);
});

tap.test("who reads fast enough gets all", { buffered: true }, async (t) => {
  const { port } = await listeningApp(t, {
    ANSWER_TIMEOUT_SECONDS: "1",
    MIN_ANSWER_BYTES_PER_SECOND: "1000",
  });
  const client = new Client(t, port);
  client.socket.write(POST(LARGE, "Connection: close\r\n"));
  t.ok((await readSlowly(client, 20)).length > LARGE.length);
});

tap.test("probes have connections of their own", { buffered: true }, async (t) => {
  const { app, port } = await listeningApp(t, { MAX_CONNECTIONS: "3" });
  const keepers = [1, 2, 3].map(() => new Client(t, port));
  await Promise.all(keepers.map(({ socket }) => once(socket, "connect")));
  const ask = async (request: string) => {
    const client = new Client(t, port);
    await client.write(request);
    return client.closes();
  };
  for (const path of ["/healthz", "/readyz", "/metrics"])
    t.match(await ask(GET(path)), /^HTTP\/1.1 200 .*\r\nconnection: close\r\n/is, path);
  t.match(await ask(POST("[2,1]")), /^HTTP\/1.1 503 .*retry-after: 1\r\n.*"code":"OVERLOADED"/is);
  t.equal(app.overload.shed.get("connections"), 1);

  const idle = Array.from({ length: 1000 }, () => new Client(t, port));
  await Promise.all(idle.slice(0, 400).map((client) => client.closes()));
  t.match(await ask(GET("/healthz")), /^HTTP\/1.1 200 /, "who keeps those as well is closed for others");
  t.equal(app.connections.size, 3 + 600 - 1);
});
