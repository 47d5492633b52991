/** Every limit of the service at its edge, over a real socket. */
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { test } from "tap";
import { listeningApp } from "../app.ts";
import { Client } from "../client.ts";

const MEBIBYTE = 2 ** 20;
const HEAD = "POST / HTTP/1.1\r\nHost: sorted\r\nContent-Type: application/json\r\n";

/** Posts a body on a new connection, and returns the answer. */
async function post(client: Client, body: string): Promise<string> {
  await client.write(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`);
  return client.receives(/\r\n\r\n.*\}$/s);
}

/** Announces a body of this many bytes, and returns what the service says. */
async function announce(client: Client, bytes: number): Promise<string> {
  await client.write(`${HEAD}Expect: 100-continue\r\nContent-Length: ${bytes}\r\n\r\n`);
  return client.receives(/\r\n\r\n/);
}

/** Waits until everything that the service let in has gone. */
async function allMemoryIsFree(app: FastifyInstance): Promise<void> {
  do await sleep(20);
  while (app.memoryBudget.bodies.acquired > 0);
}

test("bytes, numbers and depth", async (t) => {
  const { port } = await listeningApp(t, { MAX_BODY_BYTES: "20", MAX_NUMBERS: "3", MAX_DEPTH: "2" });
  const cases: [body: string, answer: RegExp][] = [
    ["[1]".padEnd(20), /^HTTP\/1.1 200 /],
    ["[1]".padEnd(21), /^HTTP\/1.1 413 .*"code":"BODY_TOO_LARGE"/s],
    ["[1,2,3]", /^HTTP\/1.1 200 /],
    ["[1,2,3,4]", /^HTTP\/1.1 413 .*"code":"TOO_MANY_NUMBERS"/s],
    ["[[1]]", /^HTTP\/1.1 200 /],
    ["[[[1]]]", /^HTTP\/1.1 400 .*"code":"TOO_DEEP"/s],
  ];
  for (const [body, answer] of cases) t.match(await post(new Client(t, port), body), answer, body);
});

test("the size of the head", async (t) => {
  const { port } = await listeningApp(t, { MAX_HEADER_BYTES: "2000" });
  const head = (bytes: number) => {
    const value = "x".repeat(bytes - "/?x=1HostsortedX-Long".length);
    return `GET /?x=1 HTTP/1.1\r\nHost: sorted\r\nX-Long: ${value}\r\n\r\n`;
  };
  const good = new Client(t, port);
  await good.write(head(2000));
  t.match(await good.receives(/\}$/), /^HTTP\/1.1 200 /);
  const bad = new Client(t, port);
  await bad.write(head(2001));
  t.match(await bad.closes(), /^HTTP\/1.1 431 .*more than 2000 bytes.*"code":"HEADERS_TOO_LARGE"/s);
});

test("the time to send the head, and the whole", async (t) => {
  const slowHeads = await listeningApp(t, { HEADERS_TIMEOUT_SECONDS: "1", REQUEST_TIMEOUT_SECONDS: "60" });
  const head = new Client(t, slowHeads.port);
  await head.write(HEAD);
  t.match(await head.closes(), /^HTTP\/1.1 408 .*"code":"REQUEST_TIMEOUT"/s);

  const slowBodies = await listeningApp(t, { REQUEST_TIMEOUT_SECONDS: "1" });
  const body = new Client(t, slowBodies.port);
  await body.write(`${HEAD}Content-Length: 5\r\n\r\n[1,`);
  t.match(await body.closes(), /^HTTP\/1.1 408 .*"code":"REQUEST_TIMEOUT"/s);
});

test("the time to sort", async (t) => {
  const { port } = await listeningApp(t, { SORT_TIMEOUT_SECONDS: "1" });
  // Finding the place of the fault in such a body takes far longer.
  const answer = await post(new Client(t, port), `[${"7,".repeat(9_500_000)}x]`);
  t.match(answer, /^HTTP\/1.1 503 .*retry-after: 1\r\n.*"code":"OVERLOADED"/is);
  const large = `[${"7,".repeat(50_000)}7]`;
  const again = new Client(t, port);
  // On a busy machine a new thread may take as long as this to start.
  while (!/^HTTP\/1.1 200 /.test(await post(again, large))) again.received = "";
  t.pass("the next one is sorted");
});

test("the time that an answer may be left lying", async (t) => {
  const { app, port } = await listeningApp(t, { ANSWER_TIMEOUT_SECONDS: "1" });
  const client = new Client(t, port);
  const body = `[${"7,".repeat(6_000_000)}7]`;
  client.socket.pause();
  await client.write(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`);
  await allMemoryIsFree(app);
  client.socket.resume();
  t.ok((await client.closes()).length < body.length, "of the answer, what was on its way comes, and no more");
});

test("the number of connections", async (t) => {
  const { app, port } = await listeningApp(t, { MAX_CONNECTIONS: "2" });
  const clients = [new Client(t, port), new Client(t, port)];
  for (const client of clients) t.match(await post(client, "[2,1]"), /\{"sorted":\[1,2\]\}$/);
  const third = new Client(t, port);
  t.match(await post(third, "[2,1]"), /^HTTP\/1.1 503 .*"code":"OVERLOADED"/s, "one more is refused");
  t.equal(app.overload.shed.get("connections"), 1, "and counted");
  clients[0]?.socket.destroy();
  await clients[0]?.closes();
  // The service may need a moment to see that it has gone.
  while (!/^HTTP\/1.1 200 /.test(await post(new Client(t, port), "[2,1]")));
  t.pass("until there is room again");
});

test("the time that an idle connection is kept", async (t) => {
  const { port } = await listeningApp(t, { KEEP_ALIVE_TIMEOUT_SECONDS: "1" });
  const client = new Client(t, port);
  t.match(await post(client, "[1]"), /keep-alive: timeout=1\r\n/i);
  await client.closes();
  t.ok(client.socket.closed);
});

test("memory: a body that is refused keeps none, though its connection lingers", async (t) => {
  const { app, port } = await listeningApp(t, { MEMORY_BYTES: String(64 * MEBIBYTE) });
  const bytes = MEBIBYTE / 2 + 1;
  for (const [way, message] of Object.entries({
    "with its length": `${HEAD}Content-Length: ${bytes}\r\n\r\n`,
    "in chunks": `${HEAD}Transfer-Encoding: chunked\r\n\r\n${bytes.toString(16)}\r\n${" ".repeat(bytes)}\r\n`,
  })) {
    const refused = new Client(t, port);
    await refused.write(message);
    t.match(await refused.receives(/\}$/), /^HTTP\/1.1 413 .*"code":"BODY_TOO_LARGE"/s, way);
    const next = new Client(t, port);
    t.match(await announce(next, bytes - 1), /^HTTP\/1.1 100 /, `${way}: the next one has it all`);
    await next.write("[1]".padEnd(bytes - 1));
    t.match(await next.receives(/\]\}$/), /\{"sorted":\[1\]\}$/);
    next.socket.destroy();
    refused.socket.destroy();
    await allMemoryIsFree(app);
  }
});
