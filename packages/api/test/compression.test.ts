import {
  brotliCompressSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  zstdCompressSync,
  zstdDecompressSync,
} from "node:zlib";
import { test } from "tap";
import { listeningApp, post, testApp } from "./app.ts";
import { Client } from "./client.ts";

const numbers = Array.from({ length: 30_000 }, (_, i) => (i * 7919) % 30_011);
const document = `[${numbers}]`;
const sorted = `{"sorted":[${numbers.toSorted((a, b) => a - b)}]}`;

test("a body may come in a content coding", async (t) => {
  const app = await testApp(t);
  const codings: [coding: string, encode: (text: string) => Buffer][] = [
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["GZIP", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
    ["identity", Buffer.from],
  ];
  for (const [coding, encode] of codings) {
    const headers = { "content-encoding": coding };
    t.equal((await post(app, encode("[2,1]"), { headers })).payload, '{"sorted":[1,2]}', coding);
    t.ok((await post(app, encode(document), { headers })).payload === sorted, `${coding}, large`);
  }
});

test("a coding that is not known, and a body that is not in its coding", async (t) => {
  const app = await testApp(t);
  for (const coding of ["compress", "gzip, br", "constructor"]) {
    const answer = await post(app, "[1]", { headers: { "content-encoding": coding } });
    t.match(answer.json(), {
      status: 415,
      code: "UNSUPPORTED_MEDIA_TYPE",
      detail: /gzip, deflate, br, zstd/,
    });
  }
  for (const coding of ["gzip", "deflate", "br", "zstd"]) {
    const answer = await post(app, "[1]", { headers: { "content-encoding": coding } });
    t.match(answer.json(), { status: 400, code: "INVALID_CODING" }, coding);
  }
  const cut = await post(app, gzipSync(document).subarray(0, 500), {
    headers: { "content-encoding": "gzip" },
  });
  t.match(cut.json(), { status: 400, code: "INVALID_CODING" }, "cut off");
});

test("what a compressed body may become is limited, at the edge", async (t) => {
  const { port } = await listeningApp(t, { MAX_BODY_BYTES: "1000000" });
  const send = async (bytes: number) => {
    const body = gzipSync("[1]".padEnd(bytes));
    const client = new Client(t, port);
    await client.write(
      `POST / HTTP/1.1\r\nHost: sorted\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await client.write(body);
    return client.receives(/\}$/);
  };
  t.match(await send(1_000_000), /^HTTP\/1.1 200 /);
  t.match(await send(1_000_001), /^HTTP\/1.1 413 .*"code":"BODY_TOO_LARGE"/s);
  t.match(await send(500_000_000), /^HTTP\/1.1 413 .*"code":"BODY_TOO_LARGE"/s, "a bomb does not go off");
});

test("an answer is compressed for who accepts it, if it is worth it", async (t) => {
  const app = await testApp(t);
  const answerTo = (accepted: string) => post(app, document, { headers: { "accept-encoding": accepted } });
  const gzip = await answerTo("gzip");
  t.match(gzip.headers, { "content-encoding": "gzip", vary: "Accept, Accept-Encoding" });
  t.ok(gunzipSync(gzip.rawPayload).toString() === sorted);
  const zstd = await answerTo("gzip, br, zstd");
  t.equal(zstd.headers["content-encoding"], "zstd", "the quickest is preferred");
  t.ok(zstdDecompressSync(zstd.rawPayload).toString() === sorted);
  t.equal(
    (await answerTo("br;q=0.5, gzip;q=1")).headers["content-encoding"],
    "gzip",
    "but the client decides",
  );
  for (const accepted of ["identity", "gzip;q=0", "unknown", ""]) {
    const plain = await answerTo(accepted);
    t.notHas(plain.headers, { "content-encoding": String }, accepted);
    t.ok(plain.payload === sorted, accepted);
  }
  const small = await post(app, "[2,1]", { headers: { "accept-encoding": "gzip" } });
  t.equal(small.payload, '{"sorted":[1,2]}', "a small one is not");
  const off = await post(await testApp(t, { COMPRESSION: "false" }), document, {
    headers: { "accept-encoding": "gzip" },
  });
  t.ok(off.payload === sorted, "nor any when it is off");
});

test("without Accept-Encoding an answer goes out as it is, with its length", async (t) => {
  const answer = await post(await testApp(t), document);
  t.notHas(answer.headers, { "content-encoding": String });
  t.equal(answer.headers["content-length"], String(sorted.length));
});
