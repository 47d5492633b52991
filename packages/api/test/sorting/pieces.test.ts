/** However many pieces a small body comes in, it takes no more memory than its bytes are counted for. */
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "tap";
import { bodyMemoryBytes } from "../../src/load/memory-limits.ts";
import { Pieces } from "../../src/sorting/pieces.ts";
import { listeningApp } from "../app.ts";
import { Client } from "../client.ts";
import { startServer } from "../process.ts";

const HEAD =
  "POST / HTTP/1.1\r\nHost: sorted\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
const inOneByteChunks = (body: string) => body.replace(/./gs, "1\r\n$&\r\n");

test("the first piece stays as it is, the others are copied together", async (t) => {
  const pieces = new Pieces();
  t.same(pieces.all, []);
  const first = Buffer.from("0");
  pieces.add(first);
  t.equal(pieces.all[0], first);
  const more = Array.from({ length: 3000 }, (_, i) => Buffer.from(String(i % 10)));
  for (const piece of more) pieces.add(piece);
  t.equal(pieces.all.length, 2);
  t.equal(String(Buffer.concat(pieces.all)), `0${more.join("")}`);
});

test("a body in chunks of one byte is sorted", async (t) => {
  const { port } = await listeningApp(t);
  const numbers = Array.from({ length: 1000 }, (_, i) => 1000 - i);
  const client = new Client(t, port);
  await client.write(`${HEAD}${inOneByteChunks(JSON.stringify(numbers))}0\r\n\r\n`);
  const answer = await client.receives(/\]\}$/);
  t.ok(answer.endsWith(JSON.stringify({ sorted: numbers.reverse() })));
});

test("unfinished bodies in chunks of one byte take about as much as they have bytes", async (t) => {
  const { port } = await startServer(t, { WORKERS: "1" });
  const metric = async (name: string) => {
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\d+)`, "m").exec(metrics)?.[1]);
  };
  let clients = 0;
  const send = async (more: number) => {
    const body = HEAD + inOneByteChunks(" ".repeat(65_000));
    await Promise.all(Array.from({ length: more }, () => new Client(t, port).write(body)));
    clients += more;
    // Until the service has read them. It computes its metrics at most once a second.
    while ((await metric("sorted_memory_admitted_bytes")) < bodyMemoryBytes(65_000 * clients))
      await sleep(100);
  };
  await send(1);
  const before = await metric("process_resident_memory_bytes");
  await send(20);
  const more = (await metric("process_resident_memory_bytes")) - before;
  t.comment(`${Math.round(more / 2 ** 20)} MiB more`);
  t.ok(more < 100 * 2 ** 20, "not the 200 MiB that 20 times 65,000 pieces take");
});
