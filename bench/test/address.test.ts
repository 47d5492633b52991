/** `pnpm bench URL` as a user runs it, against services that are right, wrong, or not there. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { sortJson } from "@sorted/core";
import { type Test, test } from "tap";
import { readOptions } from "../src/address/options.ts";

const script = join(import.meta.dirname, "../src/bench.ts");
const folder = mkdtempSync(join(tmpdir(), "bench-"));
const picture = join(folder, "pictures/service.svg");
process.once("exit", () => rmSync(folder, { recursive: true }));

const sorts: RequestListener = async (request, response) => {
  // When time is up the client hangs up.
  const body = await buffer(request).catch(() => undefined);
  if (body) response.end(Buffer.from(sortJson(body).toBytes()));
};

/** Listens on a free port of this machine; returns the address. */
async function serve(t: Test, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on TCP");
  return `127.0.0.1:${address.port}`;
}

/** Runs it to its end. */
function bench(...words: string[]): Promise<{ status: unknown; output: string; errors: string }> {
  return benchWithKey("", ...words);
}

function benchWithKey(key: string, ...words: string[]): ReturnType<typeof bench> {
  const env = { ...process.env, SORTED_API_KEY: key };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...words], { env }, (error, output, errors) => {
      resolve({ status: error?.code ?? 0, output, errors });
    });
  });
}

/** The cells of the table's rows. */
function rows(output: string): string[][] {
  const lines = output.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) => line.split("|").map((cell) => cell.trim()));
}

test("a row for each step, and a picture of them, bounded by the number of requests", async (t) => {
  let requests = 0;
  const url = await serve(t, (request, response) => {
    requests += 1;
    sorts(request, response);
  });
  const { status, output } = await bench(
    url,
    "--load=B",
    "--connections=1,3",
    "--requests=20",
    "--seconds=60",
    `--picture=${picture}`,
  );
  t.equal(status, 0, output);
  t.strictSame(
    rows(output).map(([, connections, answered, failed]) => [connections, answered, failed]),
    [
      ["1", "20", "0"],
      ["3", "20", "0"],
    ],
  );
  t.equal(requests, 41, "one first, then those of the steps and no more");
  for (const [, , , , ...figures] of rows(output)) {
    for (const figure of figures.slice(0, -1)) t.match(figure, /^\d[\d,]*\.\d$/);
  }
  const svg = readFileSync(picture, "utf8");
  t.match(svg, /^<svg .*right answers per second.*latency, ms.*<\/svg>\n$/s);
  t.equal(svg.match(/<circle /g)?.length, 8, "a point for each of four figures of both steps");
  t.notMatch(svg, /NaN|undefined|Infinity/);
});

test("time is a bound too", async (t) => {
  const url = await serve(t, (request, response) => {
    setTimeout(() => sorts(request, response), 200);
  });
  const { status, output } = await bench(
    url,
    "--connections=1",
    "--requests=1000",
    "--seconds=1",
    `--picture=${picture}`,
  );
  t.equal(status, 0, output);
  const [, , answered] = rows(output)[0] ?? [];
  t.ok(Number(answered) > 0 && Number(answered) < 10, `${answered} in a second, each after 0.2 s`);
});

test("an answer that is refused or not the right one fails, and so does the run", async (t) => {
  let requests = 0;
  const url = await serve(t, (request, response) => {
    requests += 1;
    if (requests === 4) response.end('{"sorted":[]}');
    else if (requests === 5) response.writeHead(503).end();
    else sorts(request, response);
  });
  const { status, output } = await bench(
    url,
    "--connections=1",
    "--requests=10",
    "--seconds=60",
    `--picture=${picture}`,
  );
  t.equal(status, 1);
  const [, , answered, failed] = rows(output)[0] ?? [];
  t.strictSame([answered, failed], ["8", "2"]);
});

test("every request has the key of the environment", async (t) => {
  const url = await serve(t, (request, response) => {
    if (request.headers.authorization === "Bearer of-bench") sorts(request, response);
    else response.writeHead(401).end();
  });
  const words = [url, "--connections=2", "--requests=10", `--picture=${picture}`];
  const { status, output } = await benchWithKey("of-bench", ...words);
  t.equal(status, 0, output);
  t.notMatch(output, "of-bench");
  const without = await bench(...words);
  t.equal(without.status, 1);
  t.match(without.errors, /needs a key: put one into the environment variable SORTED_API_KEY\n$/);
  const wrong = await benchWithKey("guess", ...words);
  t.match(wrong.errors, /does not know the key in the environment variable SORTED_API_KEY\n$/);
});

test("an address where the service is not is told before any load", async (t) => {
  let requests = 0;
  const elsewhere = await serve(t, (_, response) => {
    requests += 1;
    response.writeHead(301, { location: "https://elsewhere.example/" }).end();
  });
  const redirected = await bench(elsewhere);
  t.equal(redirected.status, 1);
  t.match(redirected.errors, "answers 301, to https://elsewhere.example/");
  t.equal(requests, 1);

  const nothing = await bench("127.0.0.1:1");
  t.equal(nothing.status, 1);
  t.match(nothing.errors, /does not answer: .*ECONNREFUSED/);
});

const refused = [
  [["localhost:3000", "--seconds=0"], /--seconds takes whole numbers from 1 to 200 here, not "0"/],
  [["localhost:3000", "--seconds=201"], /--seconds takes whole numbers from 1 to 200 here/],
  [
    ["localhost:3000", "--connections=1", "--seconds=601"],
    /--seconds takes whole numbers from 1 to 600 here/,
  ],
  [["localhost:3000", "--requests=Infinity"], /--requests takes whole numbers from 1 to 333333 here/],
  [
    ["localhost:3000", "--connections=1,257"],
    /--connections takes whole numbers from 1 to 256 here, not "257"/,
  ],
  [["localhost:3000", "--load=Z"], /--load is one of A, B, C, D, E/],
  [["localhost:3000", "other:1"], /one URL is needed/],
  [["ftp://example.org"], /is http or https/],
  [["http://localhost:3000/path"], /the service is at its root/],
] as const;

for (const [words, why] of refused) {
  test(`refuses ${words.join(" ")}`, async (t) => {
    t.throws(() => readOptions(words), { message: why });
  });
}

test("a call that is refused shows how to call", async (t) => {
  const { status, errors } = await bench("localhost:3000", "--seconds=0");
  t.equal(status, 2);
  t.match(errors, /^--seconds takes .*\nusage: pnpm bench URL/);
});

test("so does one without a URL", async (t) => {
  for (const words of [["--help"], ["F"]]) {
    const { status, errors } = await bench(...words);
    t.equal(status, 2);
    t.match(errors, /^.*(--help|"F").*\nusage: pnpm bench \[peers .* A B.*\n +pnpm bench URL/s);
  }
});
