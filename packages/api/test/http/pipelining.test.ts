/** Clients that send many requests without waiting for the answers. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { test } from "tap";
import { listeningApp } from "../app.ts";
import { Client } from "../client.ts";
import { peakMebibytes, startServer } from "../process.ts";

const GET = (target: string) => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;

function post(body: string | Buffer, fields = ""): Buffer {
  const head = `POST / HTTP/1.1\r\nHost: a\r\n${fields}Content-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

/** The numbers of all answers, in their order. */
const sortedIn = (received: string) =>
  Array.from(received.matchAll(/\{"sorted":\[(.*?)\]\}/g), ([, numbers]) => numbers);

/** The service's end of the client's connection. */
async function serverSide(app: FastifyInstance, { socket }: Client): Promise<Socket> {
  for (;;) {
    for (const other of app.connections) if (other.remotePort === socket.localPort) return other;
    await sleep(5);
  }
}

test("all requests are answered, in order, whatever they are", async (t) => {
  const { port } = await listeningApp(t);
  const large = `[${"7,".repeat(40_000)}5]`;
  const client = new Client(t, port);
  for (let i = 0; i < 400; i += 1) {
    client.socket.write(GET(`/?x=${i}`));
    client.socket.write(post(`[${i}]`));
    client.socket.write(post(gzipSync(`[${i}]`), "Content-Encoding: gzip\r\n"));
    if (i % 100 === 50) client.socket.write(post(large));
  }
  client.socket.write("GET /?x=400 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const answers = sortedIn(await client.closes()).filter((numbers = "") => numbers.length < 10);
  const expected = Array.from({ length: 400 }, (_, i) => [`${i}`, `${i}`, `${i}`]).flat();
  t.strictSame(answers, [...expected, "400"]);
});

test("while requests wait, nothing more is read from the connection", async (t) => {
  const { app, port } = await listeningApp(t);
  const client = new Client(t, port);
  await once(client.socket, "connect");
  const socket = await serverSide(app, client);
  client.socket.pause();
  let working = 0;
  app.server.on("request", () => {
    working += 1;
  });
  // Each answer is longer than what the system holds for a client that doesn't read.
  const ask = post(`[${"7,".repeat(4_000_000)}7]`);
  client.socket.write(ask);
  for (let i = 0; i < 20_000; i += 1) client.socket.write(GET("/?x=1"));
  while (working < 2) await sleep(20);
  const read = socket.bytesRead;
  await sleep(300);
  t.equal(socket.bytesRead, read);
  t.ok(working < 5000, `${working} of 20,000 requests have come`);
  client.socket.resume();
  while (working < 20_001) await once(app.server, "request");
  t.pass("all come when the client reads");
});

test("bodies that wait are not decoded", async (t) => {
  const { server, port } = await startServer(t);
  const body = gzipSync(`[${"7,".repeat(500_000)}7]`, { level: 9 });
  const before = peakMebibytes(server);
  const client = new Client(t, port);
  const requests = 400;
  for (let i = 0; i < requests; i += 1) client.socket.write(post(body, "Content-Encoding: gzip\r\n"));
  client.socket.pause();
  await sleep(3000);
  const mebibytes = peakMebibytes(server) - before;
  t.comment(`${body.length * requests} bytes on the wire`);
  t.ok(mebibytes < 150, `${mebibytes} MiB more`);
});

test("of too many requests that wait, those of the connection with the most are given up", async (t) => {
  const { app, port } = await listeningApp(t);
  const blocked = async (requests: number) => {
    const client = new Client(t, port);
    await once(client.socket, "connect");
    client.socket.pause();
    client.socket.write(post(`[${"7,".repeat(4_000_000)}7]`));
    client.socket.write(GET("/?x=1").repeat(requests));
    return { client, socket: await serverSide(app, client) };
  };
  const modest = await blocked(10);
  const greedy: Awaited<ReturnType<typeof blocked>>[] = [];
  while (app.overload.shed.get("connections") === 0 && greedy.length < 20) {
    greedy.push(await blocked(2000));
    await sleep(500);
  }
  t.ok(greedy.some(({ socket }) => socket.destroyed));
  t.notOk(modest.socket.destroyed, "not those of others");
  modest.client.socket.resume();
  while (sortedIn(modest.client.received).length < 11) await once(modest.client.socket, "data");
  t.pass("which are answered");
});
