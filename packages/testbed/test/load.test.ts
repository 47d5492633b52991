import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { type Test, test } from "tap";
import { generateLoad, type Tally } from "../src/load.ts";
import { listen } from "../src/machine/listen.ts";

/** Answers as the API does, which for this load means three numbers or those of the body turned round. */
async function sorted(body: string): Promise<string> {
  const numbers = body.startsWith("[") ? JSON.parse(body).toReversed() : [1, 2, 3];
  return JSON.stringify({ sorted: numbers });
}

const right: RequestListener = async (request, response) => {
  response.end(await sorted(await text(request)));
};

/** Lets one client send to a server for a moment. */
async function loadOn(t: Test, listener: RequestListener): Promise<Tally> {
  const server = createServer(listener);
  t.teardown(() => server.close());
  return load(await listen(server));
}

async function load(port: number): Promise<Tally> {
  const end = new AbortController();
  const tally = generateLoad([`http://127.0.0.1:${port}`], 1, end.signal);
  await sleep(300);
  end.abort();
  return tally;
}

test("right answers are counted, and nothing else", async (t) => {
  const { answered, ...failures } = await loadOn(t, right);
  t.ok(answered > 0);
  t.same(failures, { retried: [], refused: 0, lost: [], unsafe: [] });
});

test("a wrong answer is no answer, but worth another try", async (t) => {
  let requests = 0;
  const { answered, retried, lost } = await loadOn(t, async (request, response) => {
    requests += 1;
    if (request.method !== "POST" && requests % 2 === 1) response.end('{"sorted":[]}');
    else right(request, response);
  });
  t.ok(answered > 0);
  t.ok(retried.length > 0 && retried.every((failure) => /^(GET|QUERY): 200 {"sorted":\[\]}$/.test(failure)));
  t.same(lost, []);
});

test("what is safe to try again is lost only when every try fails", async (t) => {
  const { answered, lost, unsafe } = await loadOn(t, (request) => request.socket.destroy());
  t.equal(answered, 0);
  t.ok(lost.length > 0 && lost.every((failure) => /^(GET|QUERY): ECONNRESET$/.test(failure)));
  t.ok(unsafe.every((failure) => failure === "POST: ECONNRESET"));
});

test("a POST is not sent twice", async (t) => {
  let posts = 0;
  const { unsafe } = await loadOn(t, (request, response) => {
    if (request.method !== "POST") return right(request, response);
    posts += 1;
    response.statusCode = 503;
    response.end("busy");
  });
  t.equal(unsafe.length, posts);
  t.equal(unsafe[0], "POST: 503 busy");
});

test("where nothing listens, nothing is lost", async (t) => {
  // A port that was free a moment ago.
  const server = createServer();
  const port = await listen(server);
  await once(server.close(), "close");

  const { refused, ...others } = await load(port);
  t.ok(refused > 0);
  t.match(others, { answered: 0 });
  t.same([...others.lost, ...others.unsafe], []);
});
