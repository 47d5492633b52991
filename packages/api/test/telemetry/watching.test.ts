/** What those who watch the service see: request ids, times and metrics, but no number. */
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "tap";
import { Log, listeningApp, post, testApp } from "../app.ts";
import { Client } from "../client.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

test("a request has an id that is in its answer and in the log", async (t) => {
  const log = new Log();
  const app = await testApp(t, { LOG_REQUESTS: "true" }, log);
  const answers = [await post(app, "[1]"), await post(app, "x"), await app.inject("/nope")];
  const ids = answers.map(({ headers }) => headers["x-request-id"]);
  t.equal(new Set(ids).size, answers.length, "each its own");
  t.strictSame(
    log.lines.map(({ requestId }) => requestId),
    ids,
  );
  const early = await app.inject("/%ff");
  t.match(early.headers["x-request-id"], /^[0-9a-f-]{36}$/, "also where no route was asked");
});

test("it is that of the trace, if the request is part of one", async (t) => {
  const app = await testApp(t);
  const idOf = async (traceparent: string) =>
    (await post(app, "[1]", { headers: { traceparent } })).headers["x-request-id"];
  t.equal(await idOf(`00-${TRACE}-00f067aa0ba902b7-01`), TRACE);
  t.equal(await idOf(`01-${TRACE}-00f067aa0ba902b7-01-more`), TRACE, "of a version that may come");
  for (const bad of [
    "",
    TRACE,
    `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `ff-${TRACE}-00f067aa0ba902b7-01`,
    `00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`,
    `00-${TRACE}\\n-00f067aa0ba902b7-01`,
  ]) {
    t.match(await idOf(bad), /^[0-9a-f-]{36}$/, bad);
  }
});

test("an answer says how long it took", async (t) => {
  const timing = (await post(await testApp(t), "[1]")).headers["server-timing"];
  t.match(timing, /^receive;dur=\d+(\.\d+)?, work;dur=[\d.]*[1-9]\d*$/);
  t.notHas((await post(await testApp(t, { SERVER_TIMING: "false" }), "[1]")).headers, {
    "server-timing": String,
  });
});

test("metrics", async (t) => {
  const { app, port } = await listeningApp(t, { MAX_NUMBERS: "50000" });
  await post(app, "[3,1,2]");
  await app.inject("/?x=[2,1]");
  const large = {
    method: "POST",
    body: `[${"7,".repeat(39_999)}7]`,
    headers: { "content-type": "application/json" },
  };
  await (await fetch(`http://127.0.0.1:${port}/`, large)).arrayBuffer();
  await post(app, "[x]");
  await app.inject("/nope?x=918273645");
  const { headers, payload } = await app.inject("/metrics");
  t.match(headers["content-type"], /^text\/plain; version=0\.0\.4/);
  const values = new Map(
    payload
      .split("\n")
      .filter((line) => !line.startsWith("#"))
      .map((line) => line.split(/ (?=[^ ]*$)/) as [string, string]),
  );
  t.equal(values.get('http_request_duration_seconds_count{route="/",status="200"}'), "3");
  t.equal(values.get('http_request_duration_seconds_count{route="/",status="400"}'), "1");
  t.equal(values.get('http_request_duration_seconds_count{route="none",status="404"}'), "1");
  t.equal(values.get("sorted_numbers_total"), "40005");
  t.equal(values.get("sorted_body_bytes_total"), "80008");
  t.equal(values.get("sorted_workers"), "1");
  t.equal(values.get("sorted_memory_admitted_bytes"), "0");
  t.equal(values.get('sorted_shed_total{reason="memory"}'), "0");
  t.ok(Number(values.get("nodejs_eventloop_lag_seconds")) >= 0);
  t.notMatch(payload, /918273645|nope/, "what clients send makes no new series");
  t.equal((await (await testApp(t, { METRICS: "false" })).inject("/metrics")).statusCode, 404);
});

test("what is let in and what is turned away shows in the metrics", async (t) => {
  const { app, port } = await listeningApp(t, { MEMORY_BYTES: String(64 * 2 ** 20) });
  const post = async (bytes: number, body: string) => {
    const client = new Client(t, port);
    await client.write(`POST / HTTP/1.1\r\nHost: sorted\r\nContent-Length: ${bytes}\r\n\r\n${body}`);
    return client;
  };
  // What large bodies may have, but for one byte. It is not sent, so that they hold it.
  await post(2 ** 19, " ".repeat(2 ** 19 - 1));
  const acquiredBytes = 8 * (2 ** 19 - 1);
  while (app.memoryBudget.bodies.acquired < acquiredBytes) await sleep(20);
  const second = await post(100_000, "");
  t.match(await second.receives(/\}$/), /^HTTP\/1.1 503 /);
  const { payload } = await app.inject("/metrics");
  t.match(payload, new RegExp(`^sorted_memory_admitted_bytes ${acquiredBytes}$`, "m"));
  t.match(payload, /^sorted_memory_budget_bytes 4718592$/m);
  t.match(payload, /^sorted_shed_total\{reason="memory"\} 1$/m);
});
