/** Too much work: the service refuses some requests at once, serves the others, and recovers by itself. */
import type { IncomingMessage } from "node:http";
import { test } from "tap";
import { listeningApp } from "../app.ts";
import { Client } from "../client.ts";

const HEAD = "POST / HTTP/1.1\r\nHost: sorted\r\nContent-Type: application/json\r\n";
const headers = { "content-type": "application/json" };
const request = (body: string) => `${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`;

test("what has waited for too long in the event loop is refused, but for probes", async (t) => {
  const { app, port } = await listeningApp(t, { MAX_WAIT_MILLISECONDS: "100" });
  app.server.prependListener("request", ({ url }: IncomingMessage) => {
    const end = performance.now() + (url === "/?x=0" ? 500 : 0);
    while (performance.now() < end);
  });
  const [busy, sort, probe] = [new Client(t, port), new Client(t, port), new Client(t, port)];
  for (const client of [busy, sort, probe]) {
    await client.write("GET /?x=1 HTTP/1.1\r\nHost: sorted\r\n\r\n");
    await client.receives(/\]\}$/);
    client.received = "";
  }
  // All three have arrived when the service looks.
  busy.socket.write("GET /?x=0 HTTP/1.1\r\nHost: sorted\r\n\r\n");
  sort.socket.write(request("[2,1]"));
  probe.socket.write("GET /healthz HTTP/1.1\r\nHost: sorted\r\n\r\n");
  t.match(await sort.receives(/\}$/), /^HTTP\/1.1 503 .*retry-after: 1\r\n.*"code":"OVERLOADED"/is);
  t.match(await probe.receives(/\}$/), /^HTTP\/1.1 200 /);
  sort.received = "";
  await sort.write(request("[2,1]"));
  t.match(await sort.receives(/\}$/), /\{"sorted":\[1,2\]\}$/, "and so is the next one");
});

test("while the threads are busy large bodies are refused, small ones are not", async (t) => {
  const { port } = await listeningApp(t, { MAX_WAIT_MILLISECONDS: "1" });
  const numbers = Array.from({ length: 400_000 }, (_, i) => Math.imul(i, 0x9e3779b1) / 8);
  const postLarge = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      body: `[${numbers}]`,
      headers,
    });
    await response.arrayBuffer();
    return response.status;
  };
  const first = postLarge();

  // Until the first body is in a thread.
  for (let refusal = ""; !refusal.includes("503"); ) {
    const second = new Client(t, port);
    await second.write(`${HEAD}Expect: 100-continue\r\nContent-Length: 100000\r\n\r\n`);
    refusal = await second.receives(/\r\n\r\n/);
    second.socket.destroy();
  }
  const small = new Client(t, port);
  await small.write(request("[2,1]"));
  t.match(await small.receives(/\}$/), /\{"sorted":\[1,2\]\}$/);
  t.equal(await first, 200, "what was let in is sorted");
  t.equal(await postLarge(), 200, "and then there is room again");
});
