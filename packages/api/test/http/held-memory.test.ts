/** What a client can make the service hold: what it has sent, as long as it goes on sending, and no more. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import tap, { type Test } from "tap";
import { listeningApp } from "../app.ts";
import { Client } from "../client.ts";

const MEBIBYTE = 2 ** 20;
/** With so little memory, all large bodies together have room for 512 KiB. */
const SMALL_MEMORY = { MEMORY_BYTES: String(64 * MEBIBYTE) };
const ROOM = MEBIBYTE / 2;

const head = (line: string, fields: string) => `${line} HTTP/1.1\r\nHost: sorted\r\n${fields}\r\n\r\n`;
const posting = (bytes: number, fields = "") =>
  head("POST /", `${fields}Content-Length: ${bytes}\r\nContent-Type: application/json`);
const EXPECT = "Expect: 100-continue\r\n";

/** Sends this on a new connection. */
async function send(t: Test, port: number, data: string): Promise<Client> {
  const client = new Client(t, port);
  await client.write(data);
  return client;
}

/** Sends this, and returns the first head that comes back. */
async function ask(t: Test, port: number, data: string): Promise<string> {
  return (await send(t, port, data)).receives(/\r\n\r\n/);
}

/** Waits until bodies hold so much memory. */
async function bodiesHold(app: FastifyInstance, isSo: (bytes: number) => boolean): Promise<void> {
  while (!isSo(app.memoryBudget.bodies.acquired)) await sleep(20);
}

/** A large body that is not finished, and that the service has read so far. */
async function sendUnfinished(t: Test, app: FastifyInstance, port: number, bytes: number): Promise<Client> {
  const before = app.memoryBudget.bodies.acquired;
  const client = await send(t, port, posting(ROOM) + " ".repeat(bytes));
  await bodiesHold(app, (held) => held - before >= 8 * bytes);
  return client;
}

// The clients wait most of the time.
tap.jobs = 2;

tap.test("what is only announced holds nothing", { buffered: true }, async (t) => {
  const { app, port } = await listeningApp(t, SMALL_MEMORY);
  for (let i = 0; i < 5; i += 1) {
    t.match(await ask(t, port, posting(ROOM, EXPECT)), /^HTTP\/1.1 100 /);
    t.match(await ask(t, port, head("GET /healthz", `Content-Length: ${ROOM}`)), /^HTTP\/1.1 200 /);
  }
  t.equal(app.memoryBudget.bodies.acquired, 0);
  const body = "[2,1]".padEnd(ROOM);
  const client = await send(t, port, posting(ROOM) + body);
  t.match(await client.receives(/\]\}$/), /\{"sorted":\[1,2\]\}$/, "another client has all of it");
});

tap.test(
  "a large body is let in if there is room for it beside the others",
  { buffered: true },
  async (t) => {
    const { app, port } = await listeningApp(t, SMALL_MEMORY);
    const rest = 100_000;
    const first = await sendUnfinished(t, app, port, ROOM - rest);

    const tooLarge = await ask(t, port, posting(rest + 1, EXPECT));
    t.match(
      tooLarge,
      /^HTTP\/1.1 503 .*retry-after: 1\r\n/is,
      "a byte too many is refused before it is sent",
    );
    const second = await send(t, port, posting(rest, EXPECT));
    t.match(await second.receives(/\r\n\r\n/), /^HTTP\/1.1 100 /, "what just fits is not");
    await second.write("[1]".padEnd(rest));
    t.match(await second.receives(/\]\}$/), /\{"sorted":\[1\]\}$/, "and it is sorted");

    const chunk = `${ROOM.toString(16)}\r\n${" ".repeat(ROOM)}\r\n`;
    const chunked = await send(t, port, head("POST /", "Transfer-Encoding: chunked") + chunk);
    t.match(
      await chunked.receives(/\}$/),
      /^HTTP\/1.1 503 .*"code":"OVERLOADED"/s,
      "in chunks, when it comes",
    );
    t.equal(app.overload.shed.get("memory"), 2);
    first.socket.destroy();
    await bodiesHold(app, (held) => held === 0);
    t.pass("in the end all of it is free again");
  },
);

tap.test("large bodies leave a share to small ones", { buffered: true }, async (t) => {
  const { app, port } = await listeningApp(t, SMALL_MEMORY);
  await sendUnfinished(t, app, port, ROOM - 1);
  t.match(await ask(t, port, posting(70_000, EXPECT)), /^HTTP\/1.1 503 /);
  for (const bytes of [5, 60_000]) {
    const client = await send(t, port, posting(bytes) + "[2,1]".padEnd(bytes));
    t.match(await client.receives(/\}$/), /\{"sorted":\[1,2\]\}$/, `${bytes} bytes`);
  }
  for (const path of ["/healthz", "/readyz"]) t.equal((await app.inject(path)).statusCode, 200, path);
});

tap.test("where no body is taken", { buffered: true }, async (t) => {
  const { app, port } = await listeningApp(t, SMALL_MEMORY);
  const little = 60_000;
  const much = MEBIBYTE;
  const inChunks = (bytes: number) =>
    `${head("GET /healthz", "Transfer-Encoding: chunked")}${bytes.toString(16)}\r\n${" ".repeat(bytes)}\r\n`;
  const withLength = (bytes: number) => head("GET /healthz", `Content-Length: ${bytes}`) + " ".repeat(bytes);
  for (const [name, message] of Object.entries({
    length: withLength(little),
    chunks: `${inChunks(little)}0\r\n\r\n`,
  })) {
    const client = await send(t, port, message);
    const answer = await client.receives(/\}$/);
    t.match(answer, /^HTTP\/1.1 200 .*\r\nConnection: keep-alive\r\n/s, `a little is read, with ${name}`);
    client.socket.destroy();
  }
  for (const [name, message] of Object.entries({ length: withLength(much), chunks: inChunks(much) })) {
    const client = await send(t, port, message);
    const answer = await client.closes();
    t.match(answer, /^HTTP\/1.1 200 .*\r\nconnection: close\r\n.*"alive"\}/is, `more is not, with ${name}`);
  }
  t.equal(app.memoryBudget.bodies.acquired, 0);
});

tap.test("nothing is held for a client without a valid key", { buffered: true }, async (t) => {
  const { app, port } = await listeningApp(t, { ...SMALL_MEMORY, API_KEYS: "0".repeat(64) });
  const acquired: number[] = [];
  const { bodies } = app.memoryBudget;
  const tryAcquire = bodies.tryAcquire.bind(bodies);
  bodies.tryAcquire = (amount, left) => {
    acquired.push(amount);
    return tryAcquire(amount, left);
  };
  const body = " ".repeat(1000);
  const chunk = `3e8\r\n${body}\r\n`;
  for (const message of [
    posting(1000) + body,
    posting(1000, "X-API-Key: wrong\r\n") + body,
    head("POST /", "Transfer-Encoding: chunked") + chunk,
    head("GET /", "Transfer-Encoding: chunked") + chunk,
    head("GET /metrics", "Content-Length: 1000") + body,
  ]) {
    const client = await send(t, port, message);
    t.match(await client.receives(/\}$/), /^HTTP\/1.1 401 /, message.slice(0, 20));
    client.socket.destroy();
    await once(client.socket, "close");
  }
  t.same(acquired, []);
});
