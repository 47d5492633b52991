/** Requests and answers at the limit of AWS Lambda: each is in a JSON string, with 8 KiB for the rest of the event. */
import { hash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { test } from "tap";
import { request } from "undici";
import { listeningApp, post, testApp } from "../app.ts";

const maxEventBytes = 64 * 1024;
const maxBytes = maxEventBytes - 8 * 1024;
const limited = { MAX_EVENT_BYTES: String(maxEventBytes) };

/** A number with this many digits. */
const digits = (count: number) => "1".repeat(count);

/** What Lambda would make of an answer. */
const carriedBytes = (payload: string) => Buffer.byteLength(JSON.stringify(payload)) - 2;

test("a body that just fits into an event is sorted, one byte more is refused", async (t) => {
  const app = await testApp(t, limited);
  const body = (bytes: number) => `[1${" ".repeat(bytes - 3)}]`;
  t.equal((await post(app, body(maxBytes))).payload, '{"sorted":[1]}');
  t.match((await post(app, body(maxBytes + 1))).json(), {
    status: 413,
    code: "BODY_TOO_LARGE",
    detail: `the body has more than ${maxBytes} bytes`,
  });
});

test("an answer that just fits into an event is given, one byte more is refused", async (t) => {
  const app = await testApp(t, limited);
  // The quotes of {"sorted":[…]} take two bytes each.
  const most = maxBytes - '{\\"sorted\\":[]}'.length;
  const answer = await post(app, `[${digits(most)}]`);
  t.equal(answer.statusCode, 200);
  t.equal(carriedBytes(answer.payload), maxBytes);
  const refused = await post(app, `[${digits(most + 1)}]`);
  t.match(refused.json(), { type: "errors#ANSWER_TOO_LARGE", status: 413, code: "ANSWER_TOO_LARGE" });
  t.match(refused.headers, { "content-type": "application/problem+json" });
});

test("quotes and line ends count twice: it depends on the format what fits", async (t) => {
  const app = await testApp(t, limited);
  const numbers = `[${Array.from({ length: 20_000 }, () => "1").join(",")}]`;
  t.equal((await post(app, numbers)).statusCode, 200, "in JSON two bytes a number");
  t.equal((await post(app, numbers, { path: "/?numbers=string" })).statusCode, 413, "as strings six");
  const accepting = async (accept: string) => (await post(app, numbers, { headers: { accept } })).statusCode;
  t.equal(await accepting("text/plain"), 413, "as text three, which is too much for 20,000");
  t.equal(await accepting("text/csv"), 413, "as CSV five");
  t.equal((await post(app, numbers, { path: "/?limit=10&numbers=string" })).statusCode, 200, "fewer of them");
});

test("large answers are measured too, which lie in memory that threads share", async (t) => {
  const { port } = await listeningApp(t, { MAX_EVENT_BYTES: "1000000" });
  const body = `[${Array.from({ length: 200_000 }, (_, i) => i % 10).join(",")}]`;
  const status = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      headers: { "accept-encoding": "identity" },
      body: Buffer.from(body),
    });
    await answer.text();
    return answer.status;
  };
  t.equal(await status("/"), 200);
  t.equal(await status("/?numbers=string"), 413);
  t.equal(await status("/"), 200, "and the memory is there again");
});

test("of a compressed answer counts what it takes in Base64, whatever it was before", async (t) => {
  const { port } = await listeningApp(t, limited);
  const digits = Array.from({ length: 1000 }, (_, i) => BigInt(`0x${hash("sha512", `${i}`)}`)).join("");
  const answered = (length: number) => `{"sorted":[${digits.slice(0, length)}]}`;
  const carriedBytes = (length: number) => gzipSync(answered(length), { level: 1 }).toString("base64").length;
  let [most, more] = [maxBytes, digits.length];
  while (more - most > 1) {
    const middle = Math.floor((most + more) / 2);
    if (carriedBytes(middle) <= maxBytes) most = middle;
    else more = middle;
  }

  const headers = { "content-encoding": "gzip", "accept-encoding": "gzip" };
  const post = async (length: number) => {
    const body = gzipSync(`[${digits.slice(0, length)}]`);
    const answer = await request(`http://127.0.0.1:${port}/`, { method: "POST", body, headers });
    return { headers: answer.headers, bytes: Buffer.from(await answer.body.arrayBuffer()) };
  };
  const answer = await post(most);
  t.match(answer.headers, { "content-encoding": "gzip", "content-length": String(answer.bytes.length) });
  t.equal(gunzipSync(answer.bytes).toString(), answered(most));
  const refused = await post(more);
  t.match(JSON.parse(refused.bytes.toString()), { status: 413, code: "ANSWER_TOO_LARGE" });
  t.notHas(refused.headers, { "content-encoding": String });
});

test("without the setting nothing is measured", async (t) => {
  const app = await testApp(t);
  t.equal((await post(app, `[${digits(maxBytes + 1)}]`)).statusCode, 200);
});
