/** Clients that begin a body and then send hardly anything: they lose their connection, and what they hold. */
import { setTimeout as sleep } from "node:timers/promises";
import tap, { type Test } from "tap";
import { listeningApp, testApp } from "../app.ts";
import { Client } from "../client.ts";

const head = (line: string, fields: string) => `${line} HTTP/1.1\r\nHost: sorted\r\n${fields}\r\n\r\n`;
const posting = (bytes: number) => head("POST /", `Content-Length: ${bytes}`);

/** Sends this on a new connection. */
async function send(t: Test, port: number, data: string): Promise<Client> {
  const client = new Client(t, port);
  await client.write(data);
  return client;
}

// The clients wait most of the time.
tap.jobs = 2;

tap.test("a body that comes too slowly is cut off", { buffered: true }, async (t) => {
  const { app, port } = await listeningApp(t, {
    BODY_TIMEOUT_SECONDS: "1",
    MIN_BODY_BYTES_PER_SECOND: "100",
  });
  const starts: { readonly [name: string]: string } = {
    "announced, and nothing of it": posting(1000),
    "a part of it": `${posting(1000)}[1,`,
    "in chunks": `${head("POST /", "Transfer-Encoding: chunked")}3\r\n[1,\r\n`,
    "where none is taken": head("GET /healthz", "Content-Length: 1000"),
  };
  await Promise.all(
    Object.entries(starts).map(async ([name, start]) => {
      const answer = await (await send(t, port, start)).closes();
      t.match(
        answer,
        /^HTTP\/1.1 408 .*connection: close\r\n.*100 bytes per second.*REQUEST_TIMEOUT/is,
        name,
      );
    }),
  );
  while (app.memoryBudget.bodies.acquired > 0) await sleep(20);

  const large = "[1]".padEnd(100_000);
  const client = await send(t, port, posting(large.length) + large.slice(0, 70_000));
  t.match(await client.closes(), /^HTTP\/1.1 408 /, "a fast beginning does not count");
});

tap.test("a body that comes fast enough is not cut off", { buffered: true }, async (t) => {
  const { port } = await listeningApp(t, { BODY_TIMEOUT_SECONDS: "1", MIN_BODY_BYTES_PER_SECOND: "1" });
  const body = "[2,1]".padEnd(40);
  const client = await send(t, port, posting(body.length));
  for (const byte of body) {
    await client.write(byte);
    await sleep(100);
  }
  t.match(await client.receives(/\}$/), /\{"sorted":\[1,2\]\}$/);
});

tap.test("a body that the service does not read yet is not slow", { buffered: true }, async (t) => {
  const app = await testApp(t, { BODY_TIMEOUT_SECONDS: "1", MIN_BODY_BYTES_PER_SECOND: "100" });
  app.addHook("preHandler", async ({ url }) => {
    if (url === "/healthz") await sleep(4000);
  });
  const port = Number(new URL(await app.listen({ host: "127.0.0.1", port: 0 })).port);
  const client = await send(t, port, `${head("GET /healthz", "A: b")}${posting(6)}[2,`);
  await client.receives(/"alive"\}/);
  await client.write("1 ]");
  t.match(await client.receives(/\]\}$/), /\{"sorted":\[1,2\]\}$/, "it waits for the answer before it");
});
