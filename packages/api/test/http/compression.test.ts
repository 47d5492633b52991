import {
  brotliCompressSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  zstdCompressSync,
  zstdDecompressSync,
} from "node:zlib";
import { test } from "tap";
import { request } from "undici";
import { listeningApp } from "../app.ts";
import { Client } from "../client.ts";

const numbers = Array.from({ length: 30_000 }, (_, i) => (i * 7919) % 30_011);
const document = `[${numbers}]`;
const sorted = `{"sorted":[${numbers.toSorted((a, b) => a - b)}]}`;

/** Posts a body unchanged, and returns the answer unchanged. */
async function post(port: number, body: string | Buffer, headers: { [name: string]: string } = {}) {
  const answer = await request(`http://127.0.0.1:${port}/`, { method: "POST", body, headers });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  return { status: answer.statusCode, headers: answer.headers, bytes, text: bytes.toString() };
}

test("a body may come in a content coding", async (t) => {
  const { port } = await listeningApp(t);
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
    t.equal((await post(port, encode("[2,1]"), headers)).text, '{"sorted":[1,2]}', coding);
    t.ok((await post(port, encode(document), headers)).text === sorted, `${coding}, large`);
  }
});

test("a coding that is not known, and a body that is not in its coding", async (t) => {
  const { port } = await listeningApp(t);
  const problemOf = async (coding: string, body: string | Buffer) =>
    JSON.parse((await post(port, body, { "content-encoding": coding })).text);
  for (const coding of ["compress", "gzip, br", "constructor"]) {
    const known = { status: 415, code: "UNSUPPORTED_MEDIA_TYPE", detail: /one of gzip, deflate, br, zstd$/ };
    t.match(await problemOf(coding, "[1]"), known, coding);
  }
  for (const coding of ["gzip", "deflate", "br", "zstd"])
    t.match(await problemOf(coding, "[1]"), { status: 400, code: "INVALID_CODING" }, coding);
  const cut = gzipSync(document).subarray(0, 500);
  t.match(await problemOf("gzip", cut), { status: 400, code: "INVALID_CODING" }, "cut off");
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
  const { port } = await listeningApp(t);
  const answerTo = (accepted: string) => post(port, document, { "accept-encoding": accepted });
  const gzip = await answerTo("gzip");
  t.match(gzip.headers, { "content-encoding": "gzip", vary: "Accept, Accept-Encoding" });
  t.ok(gunzipSync(gzip.bytes).toString() === sorted);
  const zstd = await answerTo("zstd, gzip, br");
  t.equal(zstd.headers["content-encoding"], "zstd", "of what is liked equally the first");
  t.ok(zstdDecompressSync(zstd.bytes).toString() === sorted);
  t.equal(
    (await answerTo("br;q=0.5, gzip;q=1")).headers["content-encoding"],
    "gzip",
    "what is liked better before what comes first",
  );
  for (const accepted of ["identity", "gzip;q=0", "unknown", ""]) {
    const plain = await answerTo(accepted);
    t.equal(plain.headers["content-encoding"], undefined, accepted);
    t.ok(plain.text === sorted, accepted);
  }
  const small = await post(port, "[2,1]", { "accept-encoding": "gzip" });
  t.equal(small.text, '{"sorted":[1,2]}', "a small one is not");
  const off = await listeningApp(t, { COMPRESSION: "false" });
  t.ok(
    (await post(off.port, document, { "accept-encoding": "gzip" })).text === sorted,
    "nor any when it is off",
  );
});

test("without Accept-Encoding an answer goes out as it is, with its length", async (t) => {
  const { port } = await listeningApp(t);
  const { headers } = await post(port, document);
  t.equal(headers["content-encoding"], undefined);
  t.equal(headers["content-length"], String(sorted.length));
});

test("a coded body that nobody decodes, or that breaks off, leaves the service in order", async (t) => {
  const { port } = await listeningApp(t, { MAX_BODY_BYTES: "100000" });
  const answerTo = async (line: string, fields: string, body: string) => {
    const client = new Client(t, port);
    await client.write(
      `${line} HTTP/1.1\r\nHost: sorted\r\nContent-Encoding: gzip\r\n${fields}\r\n\r\n${body}`,
    );
    return (await client.receives(/\r\n\r\n/)).slice(9, 12);
  };
  t.equal(await answerTo("GET /healthz", "Content-Length: 3", "[1]"), "400", "not in its coding");
  t.equal(await answerTo("OPTIONS /", "Content-Length: 3", "[1]"), "400");
  t.equal(await answerTo("GET /", "Connection: close", ""), "200", "no body");
  t.equal(await answerTo("POST /", "Content-Length: 100001", "garbage"), "413", "too long");
  for (const path of ["/", "/healthz"]) {
    const client = new Client(t, port);
    await client.write(
      `POST ${path} HTTP/1.1\r\nHost: sorted\r\nContent-Encoding: gzip\r\nContent-Length: 90000\r\n\r\ngarbage`,
    );
    client.socket.destroy();
  }
  t.equal((await post(port, gzipSync("[2,1]"), { "content-encoding": "gzip" })).text, '{"sorted":[1,2]}');
});
