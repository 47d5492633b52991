import { buffer } from "node:stream/consumers";
import {
  brotliCompressSync,
  constants,
  createZstdCompress,
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

/** A zstd frame whose content is stored as it is, which asks for a window of this size (RFC 8878, section 3.1.1). */
function zstdFrame(content: string, windowLog = 10): Buffer {
  const magic = [0x28, 0xb5, 0x2f, 0xfd];
  const lastRawBlock = 1 | (content.length << 3);
  return Buffer.concat([
    Buffer.from([...magic, 0, (windowLog - 10) << 3, lastRawBlock, lastRawBlock >> 8, 0]),
    Buffer.from(content),
  ]);
}

test("all of a body in several members is read, however they are sent", async (t) => {
  const { port } = await listeningApp(t);
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const bodies: [coding: string, body: Buffer][] = [
    ["gzip", Buffer.concat([gzipSync("[3,"), gzipSync(""), gzipSync("1]")])],
    ["zstd", Buffer.concat([zstdCompressSync("[3,"), skippable, zstdFrame(""), zstdCompressSync("1]")])],
    [
      "zstd",
      Buffer.concat([
        zstdCompressSync("[3,", { params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
        zstdCompressSync(`1${" ".repeat(300_000)}]`, { pledgedSrcSize: 300_002 }),
      ]),
    ],
  ];
  for (const [coding, body] of bodies) {
    const headers = { "content-encoding": coding };
    t.equal((await post(port, body, headers)).text, '{"sorted":[1,3]}', coding);
    const client = new Client(t, port);
    await client.write(
      `POST / HTTP/1.1\r\nHost: sorted\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    for (const byte of body) client.socket.write(Buffer.of(byte));
    t.match(await client.receives(/\}$/), '{"sorted":[1,3]}', `${coding}, byte by byte`);
  }
});

test("a body that Node compressed in pieces", async (t) => {
  const { port } = await listeningApp(t);
  const encoder = createZstdCompress();
  for (const piece of ["[3,", "1", "]"]) encoder.write(piece);
  encoder.end();
  const answer = await post(port, await buffer(encoder), { "content-encoding": "zstd" });
  t.equal(answer.text, '{"sorted":[1,3]}');
});

test("what follows the end of a compressed body is not ignored", async (t) => {
  const { port } = await listeningApp(t);
  const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync };
  for (const [coding, encode] of Object.entries(encoders)) {
    const body = Buffer.concat([encode("[1]"), Buffer.from("[2]")]);
    const answer = await post(port, body, { "content-encoding": coding });
    t.match(JSON.parse(answer.text), { status: 400, code: "INVALID_CODING" }, coding);
  }
});

test("the client does not choose how much memory a decoder takes", async (t) => {
  const { port } = await listeningApp(t);
  const zstd = (windowLog: number) =>
    post(port, zstdFrame("[2,1]", windowLog), { "content-encoding": "zstd" });
  t.equal((await zstd(23)).text, '{"sorted":[1,2]}', "8 MiB");
  for (const windowLog of [24, 27, 31])
    t.match(
      JSON.parse((await zstd(windowLog)).text),
      { status: 400, code: "INVALID_CODING", detail: /the window of the zstd body is larger than 8 MiB/ },
      `2^${windowLog} bytes`,
    );
  const br = (parameters: { [key: number]: number | boolean }) =>
    post(port, brotliCompressSync("[2,1]", { params: parameters }), { "content-encoding": "br" });
  t.equal((await br({ [constants.BROTLI_PARAM_LGWIN]: 24 })).text, '{"sorted":[1,2]}', "16 MiB");
  const largeWindow = { [constants.BROTLI_PARAM_LARGE_WINDOW]: true, [constants.BROTLI_PARAM_LGWIN]: 30 };
  t.match(JSON.parse((await br(largeWindow)).text), { detail: /the window of the br body is larger/ });
});

test("a body that holds nothing ends too, in every coding", async (t) => {
  const { port } = await listeningApp(t, { MAX_BODY_BYTES: "200000" });
  const emptyBlock = Buffer.from([0, 0, 0, 0xff, 0xff]);
  const cases: [coding: string, start: Buffer, again: Buffer, code: RegExp][] = [
    ["gzip", gzipSync(""), gzipSync(""), /BODY_TOO_LARGE/],
    ["deflate", deflateSync("").subarray(0, 2), emptyBlock, /BODY_TOO_LARGE/],
    ["zstd", zstdFrame(""), zstdFrame(""), /more than 1000 zstd frames/],
  ];
  for (const [coding, start, again, code] of cases) {
    const client = new Client(t, port);
    const rest = Buffer.concat(Array<Buffer>(Math.ceil(250_000 / again.length)).fill(again));
    const body = Buffer.concat([start, rest]);
    await client.write(
      `POST / HTTP/1.1\r\nHost: sorted\r\nContent-Encoding: ${coding}\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`,
    );
    client.socket.write(body);
    t.match(await client.receives(/\}$/), code, coding);
  }
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
  t.equal(await answerTo("POST /", "Content-Length: 3", "[1]"), "400", "not in its coding");
  t.equal(await answerTo("GET /healthz", "Content-Length: 3", "[1]"), "200", "not taken, so not decoded");
  t.equal(await answerTo("OPTIONS /", "Content-Length: 3", "[1]"), "204");
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
