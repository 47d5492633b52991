/** What is the same for every client is made once, not for each request. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { Gauge } from "prom-client";
import { test } from "tap";
import { listeningApp, testApp } from "../app.ts";
import { Client } from "../client.ts";
import { peakMebibytes, startServer } from "../process.ts";

const DECODERS = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync };

test("a document is the same in every coding, and the second time", async (t) => {
  const app = await testApp(t);
  const [script = ""] = (await app.inject("/docs")).body.match(/assets\/[^"]+\.js/) ?? [];
  for (const url of ["/openapi.json", "/errors", `/${script}`]) {
    const { rawPayload: plain, headers } = await app.inject(url);
    for (const [coding, decode] of Object.entries(DECODERS)) {
      const answers = [1, 2].map(() => app.inject({ url, headers: { "accept-encoding": coding } }));
      const head = await app.inject({ method: "HEAD", url, headers: { "accept-encoding": coding } });
      for (const answer of await Promise.all(answers)) {
        t.match(answer.headers, { "content-encoding": coding, vary: /Accept-Encoding/ }, `${url}, ${coding}`);
        t.equal(answer.headers["content-length"], String(answer.rawPayload.length));
        t.equal(answer.headers.etag, headers.etag);
        t.ok(decode(answer.rawPayload).equals(plain), "the same");
        t.equal(head.headers["content-length"], answer.headers["content-length"], "HEAD");
      }
    }
  }
});

test("the OpenAPI document names the address that was asked, however many there are", async (t) => {
  const app = await testApp(t);
  for (let i = 0; i < 40; i += 1) {
    const { body } = await app.inject({ url: "/openapi.json", headers: { host: `${i}.example` } });
    t.equal(JSON.parse(body).servers[0].url, `http://${i}.example`);
  }
});

test("thousands of requests for a document at once don't take memory each", async (t) => {
  const { server, port } = await startServer(t);
  const ask = "GET /openapi.json HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br\r\n\r\n".repeat(950);
  const before = peakMebibytes(server);
  const clients = [1, 2].map(() => new Client(t, port));
  for (const { socket } of clients) socket.end(ask);
  await Promise.all(clients.map((client) => client.closes()));
  const mebibytes = peakMebibytes(server) - before;
  t.ok(mebibytes < 150, `${mebibytes} MiB more`);
});

test("requests for the metrics share one computation, for a second", async (t) => {
  const { app, port } = await listeningApp(t);
  let computations = 0;
  let isAsked = 0;
  app.server.on("request", () => {
    isAsked += 1;
  });
  app.metrics.registerMetric(
    new Gauge({
      name: "computations",
      help: "How often the metrics were computed.",
      registers: [],
      async collect() {
        computations += 1;
        // Until all have asked.
        while (isAsked < 20) await once(app.server, "request");
        this.set(computations);
      },
    }),
  );
  const ask = async () => {
    const client = new Client(t, port);
    await client.write("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    return /^computations (\d+)$/m.exec(await client.closes())?.[1];
  };
  const answers = await Promise.all(Array.from({ length: 20 }, ask));
  t.strictSame(new Set(answers), new Set(["1"]));
  while ((await ask()) !== "2") await sleep(50);
  t.pass("later they are computed again");
});
