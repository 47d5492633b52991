/** HTTP itself: methods, types, headers and errors, through `inject`. */
import { test } from "tap";
import { Log, post, testApp } from "../app.ts";

test("a path says which methods it takes", async (t) => {
  const app = await testApp(t);
  for (const method of ["DELETE", "PUT", "PATCH", "TRACE"] as const) {
    const answer = await app.inject({ method, url: "/" });
    t.match(answer.json(), { status: 405, code: "METHOD_NOT_ALLOWED" }, method);
    t.equal(answer.headers.allow, "GET, HEAD, OPTIONS, POST, QUERY", method);
  }
  t.equal((await app.inject({ method: "POST", url: "/healthz" })).headers.allow, "GET, HEAD, OPTIONS");
  t.equal(
    (await app.inject({ method: "DELETE", url: "/%68ealthz" })).statusCode,
    405,
    "however it is written",
  );
});

test("OPTIONS is answered without a body", async (t) => {
  const app = await testApp(t);
  const answer = await app.inject({ method: "OPTIONS", url: "/" });
  t.equal(answer.statusCode, 204);
  t.equal(answer.headers.allow, "GET, HEAD, OPTIONS, POST, QUERY");
  t.equal(answer.payload, "");
});

test("HEAD is GET without the body", async (t) => {
  const app = await testApp(t);
  for (const url of ["/?x=3,1", "/", "/healthz", "/?x=a"]) {
    const get = await app.inject({ method: "GET", url });
    const head = await app.inject({ method: "HEAD", url });
    t.equal(head.statusCode, get.statusCode, url);
    t.equal(head.headers["content-type"], get.headers["content-type"], url);
    t.equal(head.headers["content-length"], get.headers["content-length"], url);
    t.equal(head.payload, "", url);
  }
});

test("QUERY is POST without an effect, and needs a type", async (t) => {
  const app = await testApp(t);
  const headers = { "content-type": "application/json" };
  const answer = await app.inject({ method: "QUERY", url: "/", headers, payload: "[2,1]" });
  t.equal(answer.payload, '{"sorted":[1,2]}');
  const untyped = await app.inject({ method: "QUERY", url: "/", payload: Buffer.from("[2,1]") });
  t.match(untyped.json(), { status: 400, code: "MISSING_CONTENT_TYPE" });
});

test("the type of the body", async (t) => {
  const app = await testApp(t);
  const good = [
    "application/json",
    "Application/JSON; charset=UTF-8",
    'application/json;charset="utf-8"',
    "application/json; charset=us-ascii",
    "application/json; charset=iso-8859-1",
    "application/problem+json",
    "text/json",
  ];
  for (const type of good) {
    t.equal((await post(app, "[1]", { headers: { "content-type": type } })).statusCode, 200, type);
  }
  const bad = ["application/x-www-form-urlencoded", "text/html", "json", ""];
  for (const type of bad) {
    const answer = await post(app, "[1]", { headers: { "content-type": type } });
    t.match(answer.json(), { status: 415, code: "UNSUPPORTED_MEDIA_TYPE" }, type);
  }
  const none = await app.inject({ method: "POST", url: "/", payload: Buffer.from("[1]") });
  t.equal(none.payload, '{"sorted":[1]}', "without a type, it is JSON");
});

test("a GET without a body has no type to be wrong about", async (t) => {
  const app = await testApp(t);
  for (const url of ["/?x=1", "/healthz", "/"]) {
    for (const type of ["", "x", "text/html"]) {
      const answer = await app.inject({ method: "GET", url, headers: { "content-type": type } });
      t.equal(answer.statusCode, 200, `${url} ${type}`);
    }
  }
  const broken = await app.inject({
    method: "DELETE",
    url: "/healthz",
    headers: { "content-type": "x" },
    payload: "1",
  });
  t.equal(broken.statusCode, 405, "nor has a request that is refused anyway");
});

test("415 names the header to send", async (t) => {
  const app = await testApp(t);
  const answer = await post(app, "[1]", { headers: { "content-type": "application/x-www-form-urlencoded" } });
  t.match(answer.json().detail, /Content-Type: application\/json/);
});

test("the type of the answer", async (t) => {
  const app = await testApp(t);
  const cases: [accept: string, type: string][] = [
    ["*/*", "application/json"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", "application/json"],
    ["text/*", "text/plain; charset=utf-8"],
    ["text/csv, application/json;q=0.5", "text/csv; charset=utf-8; header=absent"],
    ["application/json;q=0, */*", "text/plain; charset=utf-8"],
    ["application/json;charset=UTF-8", "application/json"],
    ["text/plain; charset=utf-8", "text/plain; charset=utf-8"],
    ["text/csv;header=absent", "text/csv; charset=utf-8; header=absent"],
  ];
  for (const [accept, type] of cases) {
    t.equal((await post(app, "[1]", { headers: { accept } })).headers["content-type"], type, accept);
  }
  const latin = await post(app, "[1]", { headers: { accept: "text/plain; charset=iso-8859-1" } });
  t.equal(latin.statusCode, 406);
  const none = await post(app, "[1]", { headers: { accept: "image/png" } });
  t.match(none.json(), { status: 406, code: "NOT_ACCEPTABLE" });
  const description = await app.inject({ method: "GET", url: "/", headers: { accept: "text/csv" } });
  t.equal(description.statusCode, 406, "the description is JSON only");
});

test("of a long list of types or codings, the start is read", async (t) => {
  const app = await testApp(t);
  const list = (first: string, others: number, last: string) =>
    [first, ...Array<string>(others).fill("a/b"), last].join(", ");
  const typeFor = async (accept: string) =>
    (await post(app, "[1]", { headers: { accept } })).headers["content-type"];
  t.equal(await typeFor(list("a/b", 50, "text/csv")), "text/csv; charset=utf-8; header=absent");
  t.equal(
    await typeFor(list("text/csv", 3000, "application/json;q=1")),
    "text/csv; charset=utf-8; header=absent",
  );
  t.equal(await typeFor(list("a/b", 150, "text/csv")), "application/problem+json");
  t.equal(await typeFor("a".repeat(600)), "application/json", "nothing is left of it");
  const large = `[${"7,".repeat(1000)}7]`;
  const codingFor = async (accepted: string) =>
    (await post(app, large, { headers: { "accept-encoding": accepted } })).headers["content-encoding"];
  t.equal(await codingFor(list("gzip", 3000, "br")), "gzip");
  t.equal(await codingFor(list("x", 150, "br")), undefined);
});

test("errors are problem documents whatever is accepted", async (t) => {
  const app = await testApp(t);
  const answer = await post(app, '{"x1":"3","x2":true}', { headers: { accept: "text/csv" } });
  t.equal(answer.statusCode, 400);
  t.equal(answer.headers["content-type"], "application/problem+json");
  t.strictSame(answer.json(), {
    type: "errors#NOT_A_NUMBER",
    title: "Not a number",
    status: 400,
    detail:
      "expected a number, found true; the body was read as JSON, because of Content-Type: application/json",
    code: "NOT_A_NUMBER",
    offset: 15,
    pointer: "/x2",
  });
});

test("every error of a document has its code and place", async (t) => {
  const app = await testApp(t);
  const cases: [body: string | Buffer, expected: object][] = [
    ["", { code: "EMPTY_INPUT", offset: 0 }],
    [" \n", { code: "EMPTY_INPUT", offset: 2 }],
    ["[1,]", { code: "INVALID_JSON", offset: 3 }],
    [Buffer.from([0x22, 0xff, 0x22]), { code: "INVALID_UTF8", offset: 1, pointer: "" }],
    ['{"a/b":["x"]}', { code: "NOT_A_NUMBER", offset: 9, pointer: "/a~1b/0" }],
    ["[1e1000000000]", { code: "EXPONENT_OUT_OF_RANGE", offset: 1, pointer: "/0" }],
    ["\uFEFF[x]", { code: "INVALID_JSON", offset: 4, pointer: "/0" }],
    ["[".repeat(600), { code: "TOO_DEEP", offset: 512 }],
  ];
  for (const [body, expected] of cases) {
    const answer = await post(app, body);
    t.equal(answer.statusCode, 400);
    t.match(answer.json(), expected);
  }
  const nameless = await post(app, `{"${"a".repeat(1100)}":true}`);
  t.notHas(nameless.json(), { pointer: String }, "a pointer over 1 KiB is left out");
});

test("an unknown path", async (t) => {
  const app = await testApp(t);
  const answer = await app.inject({ method: "POST", url: "/sort", payload: "[1]" });
  t.match(answer.json(), { status: 404, code: "NOT_FOUND" });
});

test("a path that can't be decoded", async (t) => {
  const app = await testApp(t);
  const answer = await app.inject({ method: "GET", url: "/%ff" });
  t.match(answer.json(), { status: 400, code: "BAD_URL" });
  t.equal(answer.headers["content-type"], "application/problem+json");
  t.equal(answer.headers.vary, "Accept, Accept-Encoding");
});

test("no answer is stored, and each says what it depends on", async (t) => {
  const app = await testApp(t);
  for (const answer of [await post(app, "[1]"), await post(app, "x"), await app.inject("/nope")]) {
    t.equal(answer.headers["cache-control"], "no-store");
    t.equal(answer.headers.vary, "Accept, Accept-Encoding");
  }
});

test("a fault of ours shows nothing of the inside, and goes to the log", async (t) => {
  const log = new Log();
  const app = await testApp(t, {}, log);
  app.get("/broken", async () => {
    throw new Error("a secret of the inside");
  });
  const answer = await app.inject("/broken?x=42");
  t.match(answer.json(), { status: 500, code: "INTERNAL" });
  t.notMatch(answer.payload, /secret|at .*\.ts/);
  t.match(log.lines, [{ level: 50, err: { message: "a secret of the inside" } }]);
  t.notMatch(JSON.stringify(log.lines), /x=42/, "numbers are not logged");
});

test("requests are logged on demand, one line each, without a number", async (t) => {
  const quiet = new Log();
  await post(await testApp(t, {}, quiet), "[42]");
  t.strictSame(quiet.lines, []);

  const log = new Log();
  const app = await testApp(t, { LOG_REQUESTS: "true" }, log);
  const secret = "918273645";
  await post(app, `{"x":${secret}}`, { headers: { "x-secret": secret } });
  await app.inject(`/?x=${secret}`);
  t.match(log.lines, [
    { method: "POST", path: "/", status: 200, milliseconds: Number },
    { method: "GET", path: "/", status: 200 },
  ]);
  t.notMatch(JSON.stringify(log.lines), secret);
});

test("the type of a problem leads to its explanation", async (t) => {
  const app = await testApp(t);
  const { type } = (await post(app, "x")).json();
  const [path, fragment] = type.split("#");
  const page = await app.inject(path);
  t.match(page.headers["content-type"], "text/html");
  t.match(page.payload, `id="${fragment}"`);
});

test("health", async (t) => {
  const app = await testApp(t);
  t.equal((await app.inject("/healthz")).statusCode, 200);
  t.equal((await app.inject("/readyz")).statusCode, 200);
  app.drain();
  const notReady = await app.inject("/readyz");
  t.match(notReady.json(), { status: 503, code: "NOT_READY" }, "not ready once it is to stop");
  t.equal(notReady.headers["retry-after"], "1");
  t.equal((await app.inject("/healthz")).statusCode, 200, "but alive");
  const answer = await post(app, "[2,1]");
  t.equal(answer.payload, '{"sorted":[1,2]}', "and at work");
  t.equal(answer.headers.connection, "close", "on connections that it does not keep");
});

test("a limit of one is said in the singular", async (t) => {
  const detailOf = async (settings: NodeJS.ProcessEnv, ...bodies: string[]) => {
    const app = await testApp(t, settings);
    let detail: unknown;
    for (const body of bodies) ({ detail } = (await post(app, body)).json());
    return detail;
  };
  t.equal(await detailOf({ MAX_NUMBERS: "1" }, "[2,1]"), "the input has more than 1 number");
  t.equal(await detailOf({ MAX_BODY_BYTES: "1" }, "21"), "the body has more than 1 byte");
  t.equal(await detailOf({ RATE_LIMIT_REQUESTS: "1" }, "[1]", "[1]"), "more than 1 request in 60 s");
});
