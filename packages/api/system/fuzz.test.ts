/**
 * Random bytes, mutated bodies, random chunks and hang-ups, for a limited time: `FUZZ_SECONDS` (20). Every answer must
 * be the one that the library gives. The service must not crash, fail or keep memory. `FUZZ_SEED` repeats a run.
 */
import { connect } from "node:net";
import { SortedError, sortJson } from "@sorted/core";
import { test } from "tap";
import { send } from "../smoke/send.ts";
import { startServer } from "../test/process.ts";

const SECONDS = Number(process.env.FUZZ_SECONDS ?? 20);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 32);
const CLIENTS = 4;
/**
 * How much more memory a process may take at the end than in the middle. On a slow machine, the heaps of V8 are still
 * growing in the middle. If each of thousands of requests kept 25 kB, it would be more than this.
 */
const LEAK_BYTES = 128 * 2 ** 20;

let state = SEED;
/** A random integer from 0 up to but not including `limit`, by mulberry32. */
function below(limit: number): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
}

function randomBytes(count: number): Buffer<ArrayBuffer> {
  return Buffer.from(Array.from({ length: count }, () => below(256)));
}

function randomNumber(): string {
  const digits = String(below(10 ** 9));
  const forms = [
    digits,
    `-${digits}`,
    `${digits}.${below(1000)}`,
    `${digits}e${below(400) - 200}`,
    `"+${digits}"`,
    `"[${digits}, 1]"`,
  ];
  return forms[below(forms.length)] ?? "0";
}

function randomDocument(): Buffer<ArrayBuffer> {
  // Long enough that threads sort some of them.
  const numbers = Array.from({ length: below(20) === 0 ? 8000 : below(40) }, randomNumber);
  const text = below(2) === 0 ? `[${numbers}]` : `{"a":[${numbers}],"b":${randomNumber()}}`;
  const bytes = Buffer.from(text);
  if (below(2) === 0) return bytes;
  const at = below(bytes.length);
  const mutations = [
    () => Buffer.concat([bytes.subarray(0, at), randomBytes(1 + below(3)), bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(3))]),
    () => Buffer.concat([bytes.subarray(0, at), randomBytes(1), bytes.subarray(at + 1)]),
    () => bytes.subarray(0, at),
  ];
  return mutations[below(mutations.length)]?.() ?? bytes;
}

/** The status, and the answer or the code and place of the fault. */
function expected(body: Buffer<ArrayBuffer>): string {
  try {
    return `200 ${Buffer.from(sortJson(body, { maxDepth: 512 }).toBytes()).toString("latin1")}`;
  } catch (error) {
    if (!(error instanceof SortedError)) throw error;
    return `400 ${error.code} ${error.place.offset}`;
  }
}

function observed(answer: string): string {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  const status = head.slice(9, 12);
  if (status === "200") return `200 ${body}`;
  const { code, offset } = JSON.parse(body);
  return `${status} ${code} ${offset}`;
}

function framed(body: Buffer<ArrayBuffer>): Buffer {
  const head = "POST / HTTP/1.1\r\nHost: fuzz\r\nConnection: close\r\nContent-Type: application/json\r\n";
  if (below(2) === 0)
    return Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body]);
  const parts = [Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n`)];
  for (let start = 0; start < body.length; ) {
    const chunk = body.subarray(start, start + 1 + below(body.length));
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n"));
    start += chunk.length;
  }
  return Buffer.concat([...parts, Buffer.from("0\r\n\r\n")]);
}

/** Sends bytes in a few pieces, perhaps not all of them, and returns what came back. */
async function exchange(port: number, bytes: Buffer, hangsUp: boolean): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
  });
  // A reset shows in what was received.
  socket.on("error", () => undefined);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  const end = hangsUp ? below(bytes.length) : bytes.length;
  const most = 1 + below(bytes.length);
  for (let start = 0; start < end && !socket.destroyed; start += most) {
    await new Promise<void>((resolve) =>
      socket.write(bytes.subarray(start, Math.min(end, start + most)), () => resolve()),
    );
  }
  if (hangsUp) socket.destroy();
  await closed;
  return answer;
}

async function metric(port: number, name: string): Promise<number> {
  const { body } = await send(`http://127.0.0.1:${port}`, { method: "GET", path: "/metrics" });
  return Number(new RegExp(`^${name} (.*)$`, "m").exec(body)?.[1]);
}

test(`random requests for ${SECONDS} s, seed ${SEED}`, async (t) => {
  const { server, port } = await startServer(t, { MAX_BODY_BYTES: "1000000", REQUEST_TIMEOUT_SECONDS: "1" });
  const wrong: string[] = [];
  let count = 0;

  async function attempt(): Promise<void> {
    count += 1;
    const kind = below(10);
    if (kind === 0) {
      const answer = await exchange(
        port,
        Buffer.concat([randomBytes(1 + below(500)), Buffer.from("\r\n\r\n")]),
        false,
      );
      if (/^HTTP\/1.1 [235]/.test(answer)) wrong.push(`random bytes: ${answer.slice(0, 200)}`);
      return;
    }
    const body = randomDocument();
    if (kind === 1) {
      await exchange(port, framed(body), true);
      return;
    }
    const answer = observed(await exchange(port, framed(body), false));
    if (answer !== expected(body))
      wrong.push(`${body.toString("base64").slice(0, 4000)}: ${answer.slice(0, 200)}`);
  }
  async function client(end: number): Promise<void> {
    while (performance.now() < end && wrong.length < 3) await attempt();
  }
  const run = (seconds: number) =>
    Promise.all(Array.from({ length: CLIENTS }, () => client(performance.now() + seconds * 1000)));

  await run(SECONDS / 2);
  const before = await metric(port, "process_resident_memory_bytes");
  await run(SECONDS / 2);
  const after = await metric(port, "process_resident_memory_bytes");
  t.comment(
    `${count} requests, ${Math.round((after - before) / 2 ** 20)} MiB more at the end than in the middle`,
  );
  t.strictSame(wrong, [], "every answer is right");
  t.ok(after - before < LEAK_BYTES, "no memory is kept");
  t.equal(await metric(port, "sorted_memory_admitted_bytes"), 0, "nothing is in flight any more");
  t.notMatch(server.output, /"level":(50|60)/, "nothing failed");
  server.child.kill("SIGTERM");
  t.equal(await server.exits(), 0, "and it stops well");
});
