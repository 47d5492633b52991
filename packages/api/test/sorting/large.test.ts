/** Bodies that are too large to sort at once: the service receives and sorts them in memory that threads share. */
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "tap";
import { Log, listeningApp, testApp } from "../app.ts";
import { Client } from "../client.ts";

const COUNT = 30_000;
const numbers = Array.from({ length: COUNT }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 0) / 1000);
const document = `[${numbers.join()}]`;
const sorted = numbers.toSorted((a, b) => a - b);
const answer = `{"sorted":[${sorted.join()}]}`;

async function post(port: number, body: string, path = "/", headers: { [name: string]: string } = {}) {
  const type = { "content-type": "application/json", "accept-encoding": "identity" };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { ...type, ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test("a large body is answered like a small one", async (t) => {
  const { port } = await listeningApp(t);
  const cases: [title: string, path: string, headers: { [name: string]: string }, payload: string][] = [
    ["in JSON", "/", {}, answer],
    ["in text", "/", { accept: "text/plain" }, `${sorted.join("\n")}\n`],
    ["in CSV", "/", { accept: "text/csv" }, `${sorted.join("\r\n")}\r\n`],
    ["as strings", "/?numbers=string", {}, `{"sorted":["${sorted.join('","')}"]}`],
    ["in part", "/?order=desc&limit=2", {}, `{"sorted":[${sorted.slice(-2).reverse().join()}]}`],
  ];
  for (const [title, path, headers, payload] of cases) {
    const response = await post(port, document, path, headers);
    t.equal(response.status, 200, title);
    t.ok(response.text === payload, title);
    t.equal(response.headers.get("content-length"), String(Buffer.byteLength(payload)), title);
  }
});

test("a fault in a large body has its place", async (t) => {
  const { port } = await listeningApp(t);
  const inJson = await post(port, document.replace(/]$/, ",true]"));
  t.match(JSON.parse(inJson.text), {
    status: 400,
    code: "NOT_A_NUMBER",
    pointer: `/${COUNT}`,
    offset: document.length,
  });
  const inText = await post(port, `${numbers.join("\n")}\nx`, "/", { "content-type": "text/plain" });
  t.match(JSON.parse(inText.text), { status: 400, code: "NOT_A_NUMBER", line: COUNT + 1 });
});

test("many large bodies at the same time", async (t) => {
  const { port } = await listeningApp(t);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => post(port, `[${numbers.map((number) => number + i).join()}]`)),
  );
  answers.forEach(({ text }, i) => {
    t.ok(text === `{"sorted":[${sorted.map((number) => number + i).join()}]}`, `body ${i}`);
  });
});

test("with little memory they wait for one another", async (t) => {
  // Enough for the numbers of one of them.
  const { port } = await listeningApp(t, { MEMORY_BYTES: String(64 * 2 ** 20) });
  const one = `[${numbers.slice(0, 8000).join()}]`;
  const expected = `{"sorted":[${numbers
    .slice(0, 8000)
    .toSorted((a, b) => a - b)
    .join()}]}`;
  const answers = await Promise.all(Array.from({ length: 5 }, () => post(port, one)));
  for (const { text } of answers) t.ok(text === expected);
});

test("a large body in chunks, and an answer that is read slowly while others are sorted", async (t) => {
  const { port } = await listeningApp(t);
  const slow = new Client(t, port);
  const half = document.length / 2;
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
  await slow.write(
    "POST / HTTP/1.1\r\nHost: sorted\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
  );
  slow.socket.pause();
  await slow.write(chunk(document.slice(0, half)));
  await slow.write(`${chunk(document.slice(half))}0\r\n\r\n`);
  await sleep(200);
  for (let i = 0; i < 5; i += 1) await post(port, document.replaceAll("7", "8"));
  slow.socket.resume();
  t.ok((await slow.receives(/\]\}$/)).endsWith(answer));
});

test("a client that hangs up leaves the memory to others", async (t) => {
  const { port } = await listeningApp(t);
  for (const share of [0.5, 1]) {
    const client = new Client(t, port);
    await client.write(
      `POST / HTTP/1.1\r\nHost: sorted\r\nContent-Type: application/json\r\nContent-Length: ${document.length}\r\n\r\n`,
    );
    await client.write(document.slice(0, document.length * share));
    client.socket.destroy();
    t.ok((await post(port, document)).text === answer);
  }
});

test("a client that hangs up before its answer begins is not an error", async (t) => {
  const log = new Log();
  const app = await testApp(t, {}, log);
  const errors: Error[] = [];
  const failed = new Promise<void>((resolve) => {
    // An encoder that has not given anything yet.
    app.addHook("onSend", async () => {
      client.socket.resetAndDestroy();
      return new PassThrough();
    });
    app.addHook("onError", async (_request, _reply, error) => {
      errors.push(error);
      resolve();
    });
  });
  const { port } = new URL(await app.listen({ port: 0, host: "127.0.0.1" }));
  const client = new Client(t, Number(port));
  await client.write(
    `POST / HTTP/1.1\r\nHost: sorted\r\nContent-Length: ${document.length}\r\n\r\n${document}`,
  );
  await failed;
  await app.close();
  t.match(errors, [{ code: "ERR_STREAM_PREMATURE_CLOSE" }]);
  t.same(
    log.lines.filter(({ msg }) => msg === "request failed"),
    [],
  );
});
