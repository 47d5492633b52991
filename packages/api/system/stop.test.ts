/** SIGTERM while clients read their answers: each answer arrives whole, or the service says how many did not. */
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { createBrotliDecompress, createGunzip, createZstdDecompress } from "node:zlib";
import tap from "tap";
import { startServer } from "../test/process.ts";

const SLOW_BYTES_PER_SECOND = 2 * 2 ** 20;

interface Ask {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** What clients ask for. The last two answers fit into the buffers of the system. */
const ASKS: readonly Ask[] = [
  { name: "plain" },
  { name: "gzip", headers: { "accept-encoding": "gzip" } },
  { name: "br", headers: { "accept-encoding": "br" } },
  { name: "zstd", headers: { "accept-encoding": "zstd" } },
  { name: "CSV", headers: { accept: "text/csv" } },
  { name: "HEAD", method: "HEAD", path: "/?x=2,1" },
  { name: "a file of the page", method: "GET", path: "/docs" },
];
const LARGE_ANSWERS = 5;

const DECODERS = { gzip: createGunzip, br: createBrotliDecompress, zstd: createZstdDecompress };

/** A list of random numbers with 33 digits each: compressed it is half as long. */
function randomList(count: number): string {
  const digits = () => Math.random().toFixed(16).slice(2);
  return `[${Array.from({ length: count }, () => `1${digits()}${digits()}`)}]`;
}

/** Asks, and returns the answer when its head has come. */
async function ask(port: number, { method = "POST", path = "/", headers = {} }: Ask, list: string) {
  const outgoing = request({ port, host: "127.0.0.1", method, path, headers, agent: false });
  // A client that is cut off sees a reset.
  outgoing.on("error", () => undefined);
  outgoing.end(method === "POST" ? list : undefined);
  const [incoming]: IncomingMessage[] = await once(outgoing, "response");
  if (incoming?.statusCode !== 200) throw new Error(`status ${incoming?.statusCode}`);
  return incoming;
}

async function* slowly(incoming: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of incoming) {
    await sleep((chunk.length / SLOW_BYTES_PER_SECOND) * 1000);
    yield chunk;
  }
}

/** How many numbers an answer has. @throws if it is cut off */
async function countNumbers(answer: Buffer, coding = ""): Promise<number | undefined> {
  const decoder = Object.entries(DECODERS).find(([name]) => name === coding)?.[1]();
  const decoded = decoder ? await text(decoder.end(answer)) : answer.toString("latin1");
  return decoded.match(/\d{33}/g)?.length;
}

// The clients wait most of the time.
tap.jobs = 4;

for (const WORKERS of ["1", "2"]) {
  tap.test(
    `WORKERS=${WORKERS}: clients that read get all of their answers`,
    { buffered: true },
    async (t) => {
      const count = 100_000;
      const list = randomList(count);
      const { server, port } = await startServer(t, { WORKERS });
      const answers = await Promise.all(
        [false, true].flatMap((isSlow) =>
          ASKS.map(async (one) => ({ ...one, isSlow, incoming: await ask(port, one, list) })),
        ),
      );
      server.child.kill("SIGTERM");
      await Promise.all(
        answers.map(async ({ name, isSlow, incoming }) => {
          // The client throws if a body is shorter than announced.
          const answer = await buffer(isSlow ? slowly(incoming) : incoming);
          const found = await countNumbers(answer, incoming.headers["content-encoding"]);
          t.equal(found, "numbers-read" in incoming.headers && name !== "HEAD" ? count : undefined, name);
        }),
      );
      t.equal(await server.exits(), 0);
      t.notMatch(server.output, /"level":50/, "nothing is wrong");
    },
  );

  tap.test(
    `WORKERS=${WORKERS}: clients that never read are cut off, and counted`,
    { buffered: true },
    async (t) => {
      const { server, port } = await startServer(t, { WORKERS, GRACE_SECONDS: "1" });
      const list = randomList(350_000);
      await Promise.all(ASKS.map((one) => ask(port, one, list)));
      server.child.kill("SIGTERM");
      t.equal(await server.exits(), 1);
      const counts = [...server.output.matchAll(/"connections":(\d+)/g)].map(([, count]) => Number(count));
      t.equal(
        counts.reduce((sum, count) => sum + count, 0),
        LARGE_ANSWERS,
      );
    },
  );
}
