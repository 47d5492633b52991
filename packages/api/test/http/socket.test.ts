/** What only a real socket shows: how bytes arrive, and what happens when they don't. */
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "tap";
import { listeningApp } from "../app.ts";
import { Client } from "../client.ts";

const HEAD = "POST / HTTP/1.1\r\nHost: sorted\r\nContent-Type: application/json\r\n";

test("a body cut at every byte", async (t) => {
  const { port } = await listeningApp(t);
  const body = Buffer.from('{"é":"[3, 1e2]","x":2}');
  const client = new Client(t, port);
  for (let cut = 1; cut < body.length; cut += 1) {
    client.received = "";
    await client.write(`${HEAD}Content-Length: ${body.length}\r\n\r\n`);
    await client.write(body.subarray(0, cut));
    await client.pause();
    await client.write(body.subarray(cut));
    t.match(await client.receives(/\]\}/), '{"sorted":[2,3,1e2]}', `cut at ${cut}`);
  }
});

test("a body in chunks, cut at every byte", async (t) => {
  const { port } = await listeningApp(t);
  const body = Buffer.from("3\r\n[3,\r\n2\r\n1]\r\n0\r\n\r\n");
  const client = new Client(t, port);
  for (let cut = 1; cut < body.length; cut += 1) {
    client.received = "";
    await client.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    await client.write(body.subarray(0, cut));
    await client.pause();
    await client.write(body.subarray(cut));
    t.match(await client.receives(/\]\}/), '{"sorted":[1,3]}', `cut at ${cut}`);
  }
});

test("HEAD, and types, as they are sent", async (t) => {
  const { port } = await listeningApp(t);
  const client = new Client(t, port);
  await client.write("HEAD /?x=3,1 HTTP/1.1\r\nHost: sorted\r\n\r\n");
  t.match(await client.receives(/\r\n\r\n/), /^HTTP\/1.1 200 .*content-length: 16\r\n.*\r\n\r\n$/s);
  t.match(
    client.received,
    /keep-alive: timeout=72\r\n/i,
    "a connection is kept longer than a load balancer keeps it",
  );

  const cases: [type: string, status: RegExp][] = [
    ["", /^HTTP\/1.1 200 /],
    ["Content-Type: text/csv\r\n", /^HTTP\/1.1 400 /],
    ["Content-Type: application/x-www-form-urlencoded\r\n", /^HTTP\/1.1 415 /],
    ["Content-Type:\r\n", /^HTTP\/1.1 415 /],
  ];
  for (const [type, status] of cases) {
    client.received = "";
    await client.write(`POST / HTTP/1.1\r\nHost: sorted\r\n${type}Content-Length: 5\r\n\r\n[2,1]`);
    t.match(await client.receives(/\}$/), status, type);
  }
});

test("requests that don't wait for the answer before", async (t) => {
  const { port } = await listeningApp(t);
  const client = new Client(t, port);
  const requests = [1, 2, 3].map((n) => `${HEAD}Content-Length: 5\r\n\r\n[9,${n}]`);
  await client.write(requests.join(""));
  const answers = (await client.receives(/\[3,9\]/)).match(/\{.*\}/g);
  t.strictSame(answers, ['{"sorted":[1,9]}', '{"sorted":[2,9]}', '{"sorted":[3,9]}']);
});

test("Expect: 100-continue", async (t) => {
  const { port } = await listeningApp(t, { MAX_BODY_BYTES: "100" });

  t.test("a good body is asked for", async (t) => {
    const client = new Client(t, port);
    await client.write(`${HEAD}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n`);
    t.equal(await client.receives(/\r\n\r\n/), "HTTP/1.1 100 Continue\r\n\r\n");
    await client.write("[2,1]");
    t.match(await client.receives(/\]\}/), '{"sorted":[1,2]}');
  });

  t.test("a body that would be refused is not", async (t) => {
    const cases: [head: string, status: RegExp][] = [
      [`${HEAD}Content-Length: 101\r\n`, /^HTTP\/1.1 413 /],
      [`${HEAD}Content-Length: 5\r\nAccept: image/png\r\n`, /^HTTP\/1.1 406 /],
      [
        "POST / HTTP/1.1\r\nHost: sorted\r\nContent-Type: text/html\r\nContent-Length: 5\r\n",
        /^HTTP\/1.1 415 /,
      ],
      ["DELETE / HTTP/1.1\r\nHost: sorted\r\nContent-Length: 5\r\n", /^HTTP\/1.1 405 /],
      ["POST /nope HTTP/1.1\r\nHost: sorted\r\nContent-Length: 5\r\n", /^HTTP\/1.1 404 /],
    ];
    for (const [head, status] of cases) {
      const client = new Client(t, port);
      await client.write(`${head}Expect: 100-continue\r\n\r\n`);
      t.match(await client.receives(/\r\n\r\n/), status);
    }
  });

  t.test("any other expectation fails", async (t) => {
    const client = new Client(t, port);
    await client.write(`${HEAD}Expect: a-miracle\r\nContent-Length: 5\r\n\r\n[2,1]`);
    t.match(await client.receives(/\}$/), /^HTTP\/1.1 417 .*"code":"EXPECTATION_FAILED"/s);
  });
});

test("a body over the limit is refused without reading it all", async (t) => {
  const { app, port } = await listeningApp(t, { MAX_BODY_BYTES: "100000" });

  t.test("when it is announced, before a byte of it is read", async (t) => {
    const client = new Client(t, port);
    await client.write(`${HEAD}Content-Length: 1000000000000\r\n\r\n`);
    t.match(await client.receives(/\}$/), /^HTTP\/1.1 413 .*connection: close.*"code":"BODY_TOO_LARGE"/is);
    await client.closes();
    t.ok(client.socket.closed);
  });

  t.test("when it comes in chunks, once it is too much, and the client that sends on sees why", async (t) => {
    const client = new Client(t, port);
    await client.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `2710\r\n${" ".repeat(10_000)}\r\n`;
    let sent = 0;
    while (!client.socket.closed && sent < 1000) {
      await client.write(chunk);
      sent += 1;
    }
    t.match(client.received, /^HTTP\/1.1 413 .*"code":"BODY_TOO_LARGE"/s);
    t.ok(sent < 1000, "the connection was closed");
  });

  t.test("when the client reads nothing before it has sent all, it still gets the answer", async (t) => {
    const client = new Client(t, port);
    client.socket.pause();
    await client.write(`${HEAD}Content-Length: 180000\r\n\r\n`);
    for (let i = 0; i < 18; i += 1) {
      await client.write(" ".repeat(10_000));
      await client.pause();
    }
    client.socket.resume();
    t.match(await client.closes(), /^HTTP\/1.1 413 .*"code":"BODY_TOO_LARGE"/s);
  });

  t.equal((await app.inject("/readyz")).statusCode, 200);
});

test("a client that hangs up in the middle of a body harms nobody", async (t) => {
  const { port } = await listeningApp(t);
  for (let i = 0; i < 10; i += 1) {
    const client = new Client(t, port);
    await client.write(`${HEAD}Content-Length: 100\r\n\r\n[1,`);
    client.socket.destroy();
  }
  const client = new Client(t, port);
  await client.write(`${HEAD}Content-Length: 5\r\n\r\n[2,1]`);
  t.match(await client.receives(/\]\}/), '{"sorted":[1,2]}');
});

test("a request without a length has no body", async (t) => {
  const { port } = await listeningApp(t);
  const client = new Client(t, port);
  await client.write(`${HEAD}\r\n`);
  t.match(await client.receives(/\}$/), /^HTTP\/1.1 400 .*"code":"EMPTY_INPUT"/s);
});

test("OPTIONS for the server as a whole", async (t) => {
  const { port } = await listeningApp(t);
  const client = new Client(t, port);
  await client.write("OPTIONS * HTTP/1.1\r\nHost: sorted\r\n\r\n");
  t.match(await client.receives(/\r\n\r\n/), /^HTTP\/1.1 204 /);
});

test("what is not HTTP gets a problem too", async (t) => {
  const { port } = await listeningApp(t);
  const cases: [request: string, answer: RegExp][] = [
    ["hello\r\n\r\n", /^HTTP\/1.1 400 .*"code":"BAD_REQUEST"/s],
    [`${HEAD}Content-Length: x\r\n\r\n`, /^HTTP\/1.1 400 .*"code":"BAD_REQUEST"/s],
    [
      `${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      /^HTTP\/1.1 400 .*without Transfer-Encoding/s,
    ],
    [`${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, /^HTTP\/1.1 400 .*hexadecimal digits/s],
    ["GET / HTTP/1.1\r\nConnection: close\r\n\r\n", /^HTTP\/1.1 400 .*one Host header/s],
    [
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
      /^HTTP\/1.1 400 .*one Host header/s,
    ],
    [
      `${HEAD}Connection: close\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
      /^HTTP\/1.1 400 .*chunked/s,
    ],
    ["GET /?x=\u00e9 HTTP/1.1\r\nHost: sorted\r\n\r\n", /^HTTP\/1.1 400 .*percent-encoded/s],
    ["GET * HTTP/1.1\r\nHost: sorted\r\nConnection: close\r\n\r\n", /^HTTP\/1.1 400 .*"code":"BAD_URL"/s],
    ["CONNECT sorted:80 HTTP/1.1\r\nHost: sorted\r\n\r\n", /^HTTP\/1.1 405 .*"code":"METHOD_NOT_ALLOWED"/s],
    [`GET /?x=${"1".repeat(20_000)} HTTP/1.1\r\n\r\n`, /^HTTP\/1.1 431 .*"code":"HEADERS_TOO_LARGE"/s],
  ];
  for (const [request, answer] of cases) {
    const client = new Client(t, port);
    await client.write(request);
    t.match(await client.closes(), answer);
    const [head = "", body = ""] = client.received.split("\r\n\r\n");
    t.match(head, /content-type: application\/problem\+json/i);
    t.match(head, new RegExp(`content-length: ${body.length}`, "i"));
  }
});

test("a client that is too slow is told so", async (t) => {
  const { port } = await listeningApp(t, { REQUEST_TIMEOUT_SECONDS: "1" });
  for (const start of [HEAD, `${HEAD}Content-Length: 100\r\n\r\n[1,`]) {
    const client = new Client(t, port);
    await client.write(start);
    t.match(await client.closes(), /^HTTP\/1.1 408 .*"code":"REQUEST_TIMEOUT"/s);
  }
});

test("nonsense behind a good request does not take its answer away", async (t) => {
  const { port } = await listeningApp(t);
  const client = new Client(t, port);
  await client.write("GET /?x=7 HTTP/1.1\r\nHost: sorted\r\n\r\nnonsense\r\n\r\n");
  const answers = (await client.closes()).match(/HTTP\/1.1 \d+|\{.*\}/g);
  t.strictSame(answers, ["HTTP/1.1 200", '{"sorted":[7]}']);
});

test("no path lets a client send for ever", async (t) => {
  const { port } = await listeningApp(t, { MAX_BODY_BYTES: "100000" });
  for (const line of ["POST /%ff", "OPTIONS /", "DELETE /", "POST /nope"]) {
    const client = new Client(t, port);
    await client.write(`${line} HTTP/1.1\r\nHost: sorted\r\nContent-Length: 5000000000\r\n\r\n`);
    t.match(await client.closes(), /^HTTP\/1.1 [24]\d\d .*connection: close/is, line);
  }
});

test("what is wrong with a request line or a header is said", async (t) => {
  const { port } = await listeningApp(t);
  const host = "Host: sorted\r\n";
  const cases: [request: string, detail: RegExp][] = [
    [`get / HTTP/1.1\r\n${host}\r\n`, /methods are in upper case: send GET/],
    [`FETCH / HTTP/1.1\r\n${host}\r\n`, /the method FETCH is unknown/],
    [`GET /?x=[1, 2] HTTP/1.1\r\n${host}\r\n`, /the URL has a space; send it as %20/],
    [`GET / HTTP/9\r\n${host}\r\n`, /must end with HTTP\/1.1/],
    [
      `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      /at most one Content-Length header/,
    ],
  ];
  for (const [request, detail] of cases) {
    const client = new Client(t, port);
    await client.write(request);
    t.match(await client.receives(/\}$/), detail, request);
  }
});

test("a GET that says that it comes in chunks, and has none, has no body", async (t) => {
  const { port } = await listeningApp(t);
  const client = new Client(t, port);
  const chunked = "HTTP/1.1\r\nHost: sorted\r\nTransfer-Encoding: chunked\r\n\r\n";
  await client.write(`GET /?x=3,1 ${chunked}0\r\n\r\n`);
  t.match(await client.receives(/\}$/), '{"sorted":[1,3]}');
  client.received = "";
  await client.write(`GET / ${chunked}5\r\n[2,1]\r\n0\r\n\r\n`);
  t.match(await client.receives(/\}$/), '{"sorted":[1,2]}', "bytes decide");
  client.received = "";
  await client.write(`GET /?x=3 ${chunked}5\r\n[2,1]\r\n0\r\n\r\n`);
  t.match(await client.receives(/\}$/), /BAD_OPTION/, "numbers in both places");
  const page = new Client(t, port);
  await page.write(`GET / ${chunked.replace("Host", "Accept: text/html\r\nHost")}0\r\n\r\n`);
  t.match(await page.receives(/<!doctype html>/), /^HTTP\/1.1 200 /, "the page");
  const posted = new Client(t, port);
  await posted.write(`POST /?x=3 ${chunked}0\r\n\r\n`);
  t.match(await posted.receives(/\}$/), /need GET/, "a POST");
});

test("pages of other origins can read errors that Fastify never sees", async (t) => {
  const { port } = await listeningApp(t, { CORS_ORIGINS: "https://a.example" });
  for (const [origin, header] of [
    ["https://a.example", /access-control-allow-origin: https:\/\/a\.example\r\n/i],
    ["https://b.example", /^(?!.*access-control)/is],
  ] as const) {
    const client = new Client(t, port);
    await client.write(`GET / HTTP/9\r\nHost: sorted\r\nOrigin: ${origin}\r\n\r\n`);
    t.match(await client.receives(/\}$/), header, origin);
  }
});

test("a client that closes its half of the connection gets its answers, and no connection stays", async (t) => {
  const { app, port } = await listeningApp(t);
  // A thread sorts it, and the answer is more than the system takes at once.
  const large = `[${"7".repeat(60)},${"1,".repeat(3_000_000)}2]`;
  const cases: [sent: string, answer: RegExp][] = [
    ["", /^$/],
    ["GET /?x=1 HTTP/1.1\r\nHost: sorted\r\n\r\n", /^HTTP\/1.1 200 .*\{"sorted":\[1\]\}$/s],
    ["GET /?x=1 HTTP/1.1\r\nHost: sorted\r\n\r\n".repeat(3), /^(HTTP\/1.1 200 .*\{"sorted":\[1\]\}){3}$/s],
    [`${HEAD}Content-Length: ${large.length}\r\n\r\n${large}`, /^HTTP\/1.1 200 .*,7{60}\]\}$/s],
    [`${HEAD}Content-Length: 5\r\n\r\n[1`, /^HTTP\/1.1 400 .*"code":"BAD_REQUEST"/s],
    [`${HEAD}Content-Le`, /^HTTP\/1.1 400 .*"code":"BAD_REQUEST"/s],
  ];
  for (const [sent, answer] of cases) {
    const client = new Client(t, port);
    client.socket.end(sent);
    t.match(await client.closes(), answer, sent.slice(0, 40));
  }
  // The service closes first. This client never does.
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  t.teardown(() => socket.destroy());
  socket.write("GET /?x=1 HTTP/1.1\r\nHost: sorted\r\nConnection: close\r\n\r\n");
  t.match(await text(socket), /\{"sorted":\[1\]\}$/);
  while (app.connections.size > 0) await sleep(20);
  t.pass("all are closed");
});
