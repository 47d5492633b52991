/**
 * Shows that the image answers as a function of AWS Lambda. It uses the real Lambda Web Adapter, built from its crate,
 * and a server that replaces Lambda's API. It can't show what Lambda's own sandbox, its URL or a load balancer does.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { buildImage, Docker } from "@sorted/testbed";
import { test } from "tap";
import { LambdaInstance } from "./lambda.ts";
import { balancerEvent, functionUrlEvent, type LambdaRequest } from "./lambda-events.ts";

const json = { "content-type": "application/json" };
const maxEventBytes = 6_291_456;
const maxBytes = maxEventBytes - 8 * 1024;

/** A body of this length that sorts to one number. */
const padded = (bytes: number) => `[1${" ".repeat(bytes - 3)}]`;

/** A number whose answer takes this many bytes within an event, where each of the two quotes takes two. */
const answeredWith = (bytes: number) => `[${"7".repeat(bytes - '{\\"sorted\\":[]}'.length)}]`;

test("the image on AWS Lambda", async (t) => {
  const docker = await Docker.connect();
  t.teardown(() => docker.close());
  await buildImage(docker);

  const started = performance.now();
  const instance = await LambdaInstance.start(docker, { MAX_EVENT_BYTES: String(maxEventBytes) });
  t.teardown(() => instance.close());
  const first = await instance.invoke(functionUrlEvent({ method: "GET", query: [["x", "1"]] }));
  t.equal(first.body, '{"sorted":[1]}');
  t.comment(
    `${Math.round(performance.now() - started)} ms from the start of the container to the first answer`,
  );

  t.test("the smoke check passes, as with any deployment", async (t) => {
    t.match(await instance.smoke(), /(\d+) of \1 checks pass/);
  });

  for (const [way, eventOf] of Object.entries({
    "a function URL": functionUrlEvent,
    "a load balancer": balancerEvent,
  })) {
    const invoke = (request: LambdaRequest) => instance.invoke(eventOf(request));

    t.test(`an event of ${way} comes back sorted`, async (t) => {
      const body = '{"x1":"[3, 10, -2.5]","x2":"7","x3":1}';
      const answer = await invoke({ method: "POST", headers: json, body });
      t.match(answer, { statusCode: 200, isBase64Encoded: false, body: '{"sorted":[-2.5,1,3,7,10]}' });
      t.match(answer.headers, { "content-type": /^application\/json/, "cache-control": "no-store" });
    });

    t.test(`numbers in the query of ${way}, of one name and encoded, all count`, async (t) => {
      const query = [
        ["x", "3"],
        ["x", "%5B2%2C%201.50%5D"],
        ["y", "-1e3"],
      ] as const;
      t.equal((await invoke({ method: "GET", query })).body, '{"sorted":[-1e3,1.50,2,3]}');
    });

    t.test(`text, options and problems by ${way}`, async (t) => {
      const headers = { "content-type": "text/plain", accept: "text/csv" };
      t.equal((await invoke({ method: "POST", headers, body: "3\n1\n" })).body, "1\r\n3\r\n");
      const limited = await invoke({
        method: "POST",
        query: [
          ["limit", "1"],
          ["numbers", "string"],
        ],
        headers: json,
        body: "[2,1]",
      });
      t.equal(limited.body, '{"sorted":["1"]}');
      const wrong = await invoke({ method: "POST", headers: json, body: '{"x":true}' });
      t.match(wrong, { statusCode: 400, isBase64Encoded: false });
      t.match(JSON.parse(wrong.body), { code: "NOT_A_NUMBER", pointer: "/x", offset: 5 });
    });

    t.test(`a body from ${way} at the limit, and above it`, async (t) => {
      const most = await invoke({ method: "POST", headers: json, body: padded(maxBytes) });
      t.equal(most.body, '{"sorted":[1]}');
      const more = await invoke({ method: "POST", headers: json, body: padded(maxBytes + 1) });
      t.match(JSON.parse(more.body), { status: 413, code: "BODY_TOO_LARGE" });
    });

    t.test(
      `a compressed body from ${way} may become more than an event, and so may its answer`,
      async (t) => {
        const numbers = Array.from({ length: maxEventBytes / 20 }, () => "7".repeat(20));
        const answer = await invoke({
          method: "POST",
          headers: { ...json, "content-encoding": "gzip", "accept-encoding": "gzip" },
          body: gzipSync(`[${numbers}]`),
        });
        t.match(answer, { statusCode: 200, isBase64Encoded: true });
        t.ok(gunzipSync(Buffer.from(answer.body, "base64")).toString() === `{"sorted":[${numbers}]}`);
      },
    );

    t.test(`an answer for ${way} at the limit, and above it`, async (t) => {
      const most = await invoke({ method: "POST", headers: json, body: answeredWith(maxBytes) });
      t.equal(most.statusCode, 200);
      t.equal(JSON.stringify(most.body).length - 2, maxBytes);
      const more = await invoke({ method: "POST", headers: json, body: answeredWith(maxBytes + 1) });
      t.match(JSON.parse(more.body), { status: 413, code: "ANSWER_TOO_LARGE" });
    });
  }

  t.test("without the limit the platform takes no such answer, and its client sees a 502", async (t) => {
    const unlimited = await LambdaInstance.start(docker, {});
    t.teardown(() => unlimited.close());
    const body = answeredWith(maxEventBytes + 1024);
    await t.rejects(unlimited.invoke(functionUrlEvent({ method: "POST", headers: json, body })), {
      message: /502/,
    });
  });
});
